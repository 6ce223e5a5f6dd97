"""Writes of this app, by name from one door."""

from serasi.tablet.operations.pin import EasyPin, NoPlaceHere, enter, give_pin
from serasi.tablet.operations.tablet import close_tablet, open_tablet

__all__ = ["EasyPin", "NoPlaceHere", "close_tablet", "enter", "give_pin", "open_tablet"]

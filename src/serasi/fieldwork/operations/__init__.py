"""Writes of this app, by name from one door."""

from serasi.fieldwork.operations.device import TooManyDevices, close_device, hash_of, open_device, see_device

__all__ = ["TooManyDevices", "close_device", "hash_of", "open_device", "see_device"]

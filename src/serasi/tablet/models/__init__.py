from serasi.tablet.models.pin import Pin
from serasi.tablet.models.tablet import Tablet

__all__ = ["Pin", "Tablet"]

"""Writes of this app, and the device that every app's operations are made with."""

from serasi.access.operations.device import (
    Conflict,
    NotAllowed,
    Refused,
    acting,
    operation,
    require,
    save_changes,
)

__all__ = ["Conflict", "NotAllowed", "Refused", "acting", "operation", "require", "save_changes"]

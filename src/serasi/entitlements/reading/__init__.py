"""From the file of a list to what its rows say: opened as a stream, row by row, whatever its kind. No database here."""

from serasi.entitlements.reading.files import ListUnreadable, Opened, look_over, opened
from serasi.entitlements.reading.rows import Found, RowReader, Said

__all__ = ["Found", "ListUnreadable", "Opened", "RowReader", "Said", "look_over", "opened"]

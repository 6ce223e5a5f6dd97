"""Reads of this app: places by name, the directory of services."""

from serasi.institutions.queries.directory import DirectoryRow, directory, rows_of
from serasi.institutions.queries.regions import place_names, places_like

__all__ = ["DirectoryRow", "directory", "place_names", "places_like", "rows_of"]

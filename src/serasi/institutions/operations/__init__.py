"""Writes of this app."""

from serasi.institutions.operations.reference import load_institutions

__all__ = ["load_institutions"]

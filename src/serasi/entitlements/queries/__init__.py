"""Reads across models, as frozen rows."""

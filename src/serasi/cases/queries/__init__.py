"""Reads across the models of a case, as typed frozen rows."""

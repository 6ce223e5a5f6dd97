"""Reads of this app across models."""

"""Pages of this app: load, decide, one operation, answer."""

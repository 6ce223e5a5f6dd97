"""Pages of a day in a ward."""

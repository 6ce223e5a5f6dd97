"""Many against many, in DuckDB by Splink: a program of its own, which no request of a page loads."""

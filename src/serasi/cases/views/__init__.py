"""Pages of a case: load through `visible_to`, decide, one operation, answer."""

"""Pages: a case's cycles, its reviews, its ratings; cohorts and the list of a unit; one's own."""

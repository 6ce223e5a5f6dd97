"""The turn of review: a cycle of some months for a person or a cohort, its reviews with the person present, what
became of each goal, and how someone and others rate the domains of a life, over all cycles.

Goals and plans belong to `cases`; the phases of a Foyer to `foyer`.
"""

"""Asking many people the same: a survey with its enumerators, targets and interviews (docs/adr/0017).

What is asked is an instrument (`serasi.assessments`); what was answered stands here, since nobody has a case yet.
Progress, checks and results are computed from the interviews whenever they are read; what a person decided about them
is kept.
"""

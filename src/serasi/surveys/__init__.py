"""Asking many people the same: a survey with its enumerators, targets and interviews (docs/adr/0017).

What is asked is an instrument (`serasi.assessments`); what was answered stands here, since nobody has a case yet.
What checks and results need of an interview is read once, when it is kept, and can be rebuilt at any time; what a
person decided about it is kept apart.
"""

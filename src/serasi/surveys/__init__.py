"""Asking many people the same: a survey with its enumerators, targets and interviews (docs/adr/0017)."""

from serasi.safety.models.concern import Concern, ConcernStep
from serasi.safety.models.incident import Amendment, FollowUp, Incident, IncidentSeries, Involved, Notice, Review
from serasi.safety.models.restraint import Restraint, RestraintCheck, RestraintRenewal

__all__ = [
    "Amendment",
    "Concern",
    "ConcernStep",
    "FollowUp",
    "Incident",
    "IncidentSeries",
    "Involved",
    "Notice",
    "Restraint",
    "RestraintCheck",
    "RestraintRenewal",
    "Review",
]

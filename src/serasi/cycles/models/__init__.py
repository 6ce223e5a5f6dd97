from serasi.cycles.models.cycle import Cohort, Cycle, CyclePractice
from serasi.cycles.models.domain import Domain, DomainSet
from serasi.cycles.models.rating import Rating, RatingRound
from serasi.cycles.models.review import Decision, GoalOutcome, Invitation, Meeting, Review, Seat

__all__ = [
    "Cohort",
    "Cycle",
    "CyclePractice",
    "Decision",
    "Domain",
    "DomainSet",
    "GoalOutcome",
    "Invitation",
    "Meeting",
    "Rating",
    "RatingRound",
    "Review",
    "Seat",
]

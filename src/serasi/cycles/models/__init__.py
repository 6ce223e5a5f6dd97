from serasi.cycles.models.domain import Domain, DomainSet
from serasi.cycles.models.rating import Rating, RatingRound

__all__ = ["Domain", "DomainSet", "Rating", "RatingRound"]

"""Reads of this app, by name from one door."""

from serasi.cycles.queries.ratings import DomainCurve, LatestOfDomain, Point, curve, domain_set, latest_ratings

__all__ = ["DomainCurve", "LatestOfDomain", "Point", "curve", "domain_set", "latest_ratings"]

"""Reads across models, as frozen rows."""

from serasi.institutions.queries.places import Places
from serasi.interop.queries.roster import Counts, counts_of, known_fingerprints

__all__ = ["Counts", "Places", "counts_of", "known_fingerprints"]

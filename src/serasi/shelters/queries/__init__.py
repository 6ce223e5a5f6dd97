"""Reads of this app, by name from one door."""

from serasi.shelters.queries.account import Account, account_of
from serasi.shelters.queries.arrivals import arrivals_of, latest_tag, outcomes_of
from serasi.shelters.queries.due import children_alone

__all__ = ["Account", "account_of", "arrivals_of", "children_alone", "latest_tag", "outcomes_of"]

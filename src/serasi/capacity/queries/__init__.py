from serasi.capacity.queries.elsewhere import PlaceElsewhere, places_elsewhere
from serasi.capacity.queries.flows import Flows, flows_of
from serasi.capacity.queries.outlook import (
    HouseAhead,
    Places,
    houses_ahead,
    outlook_of,
    places_now,
    said_before,
)
from serasi.capacity.queries.outside import CouldLeave, could_live_outside
from serasi.capacity.queries.waiting import InLine, Reason, line_of, waiting_list

__all__ = [
    "CouldLeave",
    "Flows",
    "HouseAhead",
    "InLine",
    "PlaceElsewhere",
    "Places",
    "Reason",
    "could_live_outside",
    "flows_of",
    "houses_ahead",
    "line_of",
    "outlook_of",
    "places_elsewhere",
    "places_now",
    "said_before",
    "waiting_list",
]

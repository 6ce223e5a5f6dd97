"""Distances and areas on the earth, as JavaRosa reckons them (GeoUtils), so that phone and server agree."""

import math
from itertools import pairwise

from serasi.xforms.xpath.broken import Broken
from serasi.xforms.xpath.nodes import Scalar
from serasi.xforms.xpath.values import to_number, to_text

RADIUS = 6_378_100.0
"""Metres from the middle of the earth to the equator."""
METRES_A_DEGREE = 2 * math.pi * RADIUS / 360

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def points_of(values: list[Scalar]) -> list[Point]:
    """The points of geopoints, geotraces and geoshapes one after another; a blank has none."""
    written = [point for value in values for point in to_text(value).split(";") if point.strip()]
    return [_point(point) for point in written]


def _point(written: str) -> Point:
    latitude, longitude = (to_number(part) for part in (*written.split(), "", "")[:2])
    if not abs(latitude) <= 90 or not abs(longitude) <= 180:
        raise Broken(f"“{written}” bukan titik di bumi.")
    return latitude, longitude


def distance(points: list[Point]) -> float:
    """Metres along the points; NaN, which is a blank, where there is not even one."""
    return sum(_between(one, other) for one, other in pairwise(points)) if points else math.nan


def _between(one: Point, other: Point) -> float:
    """By the spherical law of cosines."""
    (first, east), (second, west) = (tuple(map(math.radians, point)) for point in (one, other))
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(east - west)
    return math.acos(max(-1.0, min(1.0, cosine))) * RADIUS


def area(points: list[Point]) -> float:
    """Square metres within the points (NaN where there is none), on a plane laid at the first."""
    if len(points) < 3:
        return 0.0 if points else math.nan
    latitude, longitude = points[0]
    flat = [
        ((east - longitude) * METRES_A_DEGREE * math.cos(math.radians(north)), (north - latitude) * METRES_A_DEGREE)
        for north, east in points[1:]
    ]
    return abs(sum((y * next_x - x * next_y) / 2 for (x, y), (next_x, next_y) in pairwise(flat)))

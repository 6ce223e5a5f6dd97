"""Writes of this app, by name from one door."""

from serasi.institutions.operations.capacity import end_capacity, record_capacity
from serasi.institutions.operations.institution import describe_institution, set_up_unit
from serasi.institutions.operations.reference import load_institutions, load_regions
from serasi.institutions.operations.service import change_service, offer_service

__all__ = [
    "change_service",
    "describe_institution",
    "end_capacity",
    "load_institutions",
    "load_regions",
    "offer_service",
    "record_capacity",
    "set_up_unit",
]

"""A wave of people at once: a gathering is opened, arrivals get a tag, triage and a place to go on to, and it is
closed with everyone accounted for.

Lasting stays belong to `residence`; who a person is to `people`.
"""

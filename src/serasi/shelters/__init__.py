"""A wave of people at once: a gathering is opened, arrivals get a tag, triage and a place to go on to, and it is
closed with everyone accounted for.

Lasting stays belong to `residence`; who a person is to `people`. An arrival is no person of the register until it is
matched with one, so that half a minute at the gate is enough; numbers are set aside for each phone, so that two without
signal never collide; what became of each is a dated outcome, so that "who is here" is never stored.
"""

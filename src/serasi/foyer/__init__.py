"""Growing freedom (the Foyer model, IIFM): the agreement of a youth and a house, phases with rights and duties, the
way up and the way back, and what this person may do alone today.

Reviews and ratings belong to `cycles`; the bed to `residence`.
"""

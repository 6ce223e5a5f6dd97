"""Growing freedom (the Foyer model, IIFM): the agreement of a youth and a house, phases with rights and duties, the
way up and the way back, and what this person may do alone today.

The phase of a day is derived: the latest agreed step, in the edition of phases that the agreement was made with;
allowances widen or narrow one right for some days; the state of the stay says whether any of it matters today.
Reviews and ratings belong to `cycles`; the bed to `residence`.
"""

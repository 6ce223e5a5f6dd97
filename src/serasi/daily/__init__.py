"""The day in a ward: roll calls, shifts and what one hands to the next, rounds of meals, medicine and care, visits
and the timetable. Group first, exceptions second.

Where someone lives belongs to `residence`; what was agreed with a person to `cases`; what went wrong to `safety`.
"""

"""The day in a ward: roll calls, shifts and what one hands to the next, rounds of meals and care, medicine, vital
signs, diets and short notes; who visits and calls; what is done at which hour. Group first, exceptions second.

A page speaks of its moment and carries it: what is sent means the same whenever it arrives, and once. Facts are written
whole and never changed: what was tapped wrongly is superseded, and stays readable. What follows from them (who is
missing, which doses are due, what a shift leaves) is computed.
What tells of a ward or of a number tag is read by the house; what tells of one resident, by who may open that person.

Where someone lives belongs to `residence`; what was agreed with a person to `cases`; what went wrong to `safety`.
"""

"""Living in an institution: houses with wards, rooms and beds; stays and what happened in them; who is where, and when.

Facts are movements; everything else is drawn from them (docs/adr/0014-stays-and-movements.md). What a unit is and how
many it has room for by decree belongs to `institutions`; why someone is helped, and how, to `cases`.
"""

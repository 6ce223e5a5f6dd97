"""What a person is entitled to and gets: the lists of DTSEN, DTKS, PKH, Sembako and PBI as they were handed over, and
which of their rows is which person.

Here: programmes, deliveries, their entries, matches with people, when somebody was looked up. Not here: who a person is
and how alike two records are (`people`), help that we give ourselves (`cases`). Nobody browses a list: an entry is read
through its match with a person one may see, and matching asks inside the database (`database.py`).
"""

"""Instruments and what they found: forms with editions that never change, answers of several professions, scores with
their bands, second opinions, and the development of one person.

How a form is written, read and evaluated is `serasi.xforms`. What a profession writes in its own words about a domain,
and the answer that the SPM counts, belong to `cases`; ratings of domains by several voices to `cycles`.
"""

"""How alike two records of people are, and why. An engine: no models, no pages, no database of ours.

Read in this order: `subject` (what matching knows of one person), `evidence` (what is compared, told once), `model`
(what each agreement is worth), `scoring` (one person with a few, in Python); and `many`, a program of its own:
`blocking` (who is compared with whom), `training` and `matching` (in DuckDB by Splink), `invented` and `quality` (what
it is worth, where the truth is known). `docs/linkage.md` tells the whole.
"""

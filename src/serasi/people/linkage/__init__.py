"""How alike two records of people are, and why. An engine: no models, no pages, no database of ours.

Read in this order: `subject` (what matching knows of one person), `evidence` (what is compared, told once), `blocking`
(who is compared with whom), `model` (what each agreement is worth), `training` and `matching` (many, in DuckDB by
Splink), `scoring` (a few, in Python), `invented` and `quality` (what it is worth, where the truth is known).
`docs/linkage.md` tells the whole.
"""

"""Things without nouns.

Here belong devices that every room uses and that know nothing of people, cases or institutions: periods,
identifiers, text and names, identity numbers as numbers, encrypted fields, photos, spreadsheets, money, and
the parts pages are made of. Nothing here has a model or a migration, and nothing here imports another app
of Serasi. What has a life cycle, an owner or a permission belongs in the room that owns the noun.
"""

"""The border: imports from spreadsheets people hold, exports, outside identifiers, standard interfaces.

Owns the record of each import and its rows; the facts themselves are written through the operations of lower apps.
"""

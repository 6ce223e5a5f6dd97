"""Who may do what, where, and who did.

Here: users, the tree of units that scopes everything, postings, the registry of permissions, emergency access, the
trail of writes and the log of looks, the `operation` device that all writes go through. Not here: what an institution
offers (`institutions`), who a person in need is (`people`), or any rule of casework.
"""

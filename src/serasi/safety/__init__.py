"""What went wrong in a house, or must not go wrong: incidents and who must be told by when, restraint and isolation
with their limits, concerns about safety that go past the unit they are about.

Who lives where belongs to `residence`; the ordinary day to `daily`.
"""

"""What stands there on the first day: reference data, the demonstration world, an invented crowd.

The top of the house: it calls the operations of every app below, as people would, and owns no facts and no pages.
"""

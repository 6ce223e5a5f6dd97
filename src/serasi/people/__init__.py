"""Who a person is: persons of known or unknown identity, their names, numbers, kinds of need, families and
households, consent, and the finding, merging and un-merging of duplicates. What is done for a person belongs to
`cases`; what a person is entitled to belongs to `entitlements`.
"""

"""Asking and answering other registries by standard: who may ask under which agreement, what was asked, what was told.

The standard is that of the Digital Convergence Initiative (DCI, spdci.org), social registry 1.0. Here belong its
envelopes, signatures and queries; files that people bring in or take out belong to `interop`.
"""

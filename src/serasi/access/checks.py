"""Checks at start: each says what is wrong and what to do."""

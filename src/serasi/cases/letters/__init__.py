"""What the letters of a case say: each kind composed as plain blocks, all set by one layout (`letter.typ`)."""

from serasi.cases.letters.compose import Composed, compose, issuable_kinds
from serasi.cases.letters.layout import LetterHead, set_letter

__all__ = ["Composed", "LetterHead", "compose", "issuable_kinds", "set_letter"]

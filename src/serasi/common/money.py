"""Rupiah: whole numbers in code and in the database, written as Rp1.250.000."""

import re

from django.utils.translation import gettext as _

MAX_RUPIAH = 999_999_999_999_999
_LONGEST = 60  # characters of an amount, far beyond any honest one


class AmountRefused(ValueError):
    """The text is no amount of whole rupiah; the message is Indonesian and says how to write it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


_UNITS = {
    "": 1,
    "rb": 1_000,
    "ribu": 1_000,
    "jt": 1_000_000,
    "juta": 1_000_000,
    "m": 1_000_000_000,
    "miliar": 1_000_000_000,
    "milyar": 1_000_000_000,
}
_AMOUNT = re.compile(r"(-?)(?:rp\.?|idr)?(-?)([\d.,]+?)(rb|ribu|jt|juta|m|miliar|milyar)?(?:,-+|\.-+)?(?:rupiah)?")
_GROUPED_BY_DOTS = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_GROUPED_BY_COMMAS = re.compile(r"(\d{1,3}(?:,\d{3}){2,})(?:\.(\d+))?")


def format_rupiah(amount: int) -> str:
    """Rp1.250.000; below nothing -Rp1.250.000."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def parse_rupiah(text: str) -> int:
    """Read "1250000", "Rp 1.250.000,-", "1.250.000,00" or "1,25 juta" as whole rupiah. Raises AmountRefused.

    A dot groups thousands and a comma begins the sen, as in Indonesia. What could mean two amounts
    ("1,250") or has sen is refused, not guessed.
    """
    compact = re.sub(r"\s", "", text).casefold().replace("−", "-")
    if not compact:
        raise AmountRefused(_("Jumlah uang belum diisi."))
    match = _AMOUNT.fullmatch(compact) if compact.isascii() and len(compact) <= _LONGEST else None
    if match is None or (match[1] and match[2]):
        raise _not_understood()
    unit = _UNITS[match[4] or ""]
    whole, fraction = _parts(match[3])
    if fraction and unit == 1 and len(fraction) != 2:
        raise _not_understood()
    scale: int = 10 ** len(fraction)
    amount, remainder = divmod(int(whole + fraction) * unit, scale)
    if remainder:
        raise AmountRefused(_("Jumlah uang harus rupiah bulat, tanpa sen."))
    if amount > MAX_RUPIAH:
        raise AmountRefused(_("Jumlah uang terlalu besar. Periksa banyaknya angka nol."))
    return -amount if match[1] or match[2] else amount


def _parts(digits: str) -> tuple[str, str]:
    if match := _GROUPED_BY_DOTS.fullmatch(digits):
        return match[1].replace(".", ""), match[2] or ""
    if match := _GROUPED_BY_COMMAS.fullmatch(digits):
        return match[1].replace(",", ""), match[2] or ""
    raise _not_understood()


def _not_understood() -> AmountRefused:
    return AmountRefused(_("Jumlah uang tidak dikenali. Tulis seperti 1.250.000."))

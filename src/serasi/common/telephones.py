"""Telephone numbers as they are kept, however they were typed."""

import re

import phonenumbers

_BETWEEN = re.compile(r"[\s().\-–/']")


def telephone_of(typed: str) -> str:
    """The number as +62…; 0812…, 62812…, 0062812… and 812… are the same. Empty for what is none, or holds words too."""
    return number_said(typed) if re.fullmatch(r"\+?[0-9]{5,20}", _BETWEEN.sub("", typed)) else ""


def number_said(text: str) -> str:
    """The same of a text that says whose or which it is beside it: "0812… (ibu)"."""
    digits = _BETWEEN.sub("", text)
    # phonenumbers reads 62812… without a plus as a landline of area 0628.
    if digits.startswith("0062"):
        digits = "+" + digits[2:]
    elif digits.startswith("62") and len(digits) >= 10:
        digits = "+" + digits
    elif digits.startswith("8"):
        digits = "+62" + digits
    try:
        number = phonenumbers.parse(digits, "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

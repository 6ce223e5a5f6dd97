"""From a condition to a filter of the register. Every attribute has its own few lines; nothing else reaches the ORM."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from serasi.common.telephones import telephone_of
from serasi.exchange.conditions import INVALID, Comparison, Condition, Operator, Value
from serasi.exchange.enums import Attribute
from serasi.exchange.messages import PartRefused
from serasi.people.enums import AddressKind, Sex
from serasi.people.models import Address, HouseholdMember
from serasi.people.naming import key_of

_LOOKUPS: Final[Mapping[Operator, str]] = {"eq": "exact", "lt": "lt", "le": "lte", "gt": "gt", "ge": "gte"}
_MOST_YEARS: Final = 150
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_SEXES: Final[Mapping[str, str]] = {
    "male": Sex.MALE,
    "m": Sex.MALE,
    "l": Sex.MALE,
    "female": Sex.FEMALE,
    "f": Sex.FEMALE,
    "p": Sex.FEMALE,
}
SORTS: Final[Mapping[str, str]] = {
    "name": "sort_key",
    "birth_date": "birth_date",
    "registration_date": "registered_at",
}
"""By what an answer can be sorted."""
_NOTHING: Final = Q(pk__in=[])


def filter_of(condition: Condition, *, on: date) -> Q:
    """The people for whom it holds on a day. Raises PartRefused for values that cannot be compared with it."""
    if isinstance(condition, Comparison):
        if condition.operator == "in":
            found = _NOTHING
            for value in condition.values:
                found |= _compared(condition.attribute, "eq", value, on)
            return found
        return _compared(condition.attribute, condition.operator, condition.values[0], on)
    parts = [filter_of(one, on=on) for one in condition.parts]
    joined = parts[0]
    for one in parts[1:]:
        joined = joined & one if condition.join == "and" else joined | one
    return ~joined if condition.join == "not" else joined


def order_of(sort: Any) -> list[Any]:
    """How an answer is sorted, latest registration last where nothing is said. Raises PartRefused."""
    if sort is None:
        return ["pk"]
    if not isinstance(sort, list) or len(sort) > len(SORTS):
        raise PartRefused("rjct.sort.invalid", "sort must be a short list.")
    order = []
    for one in sort:
        name = one.get("attribute_name") if isinstance(one, dict) else None
        direction = one.get("sort_order", "asc") if isinstance(one, dict) else None
        if not isinstance(name, str) or name not in SORTS or direction not in {"asc", "desc"}:
            raise PartRefused("rjct.sort.invalid", f"Answers are sorted by {', '.join(SORTS)}; asc or desc.")
        field = F(SORTS[name])
        order.append(field.asc(nulls_last=True) if direction == "asc" else field.desc(nulls_last=True))
    return [*order, "pk"]


def _compared(attribute: Attribute, operator: Operator, value: Value, on: date) -> Q:
    if attribute in _EXACT:
        if operator != "eq":
            raise PartRefused(INVALID, f"{attribute} is compared with eq or in alone.")
        return _EXACT[attribute](str(value).strip(), on)
    return _RANGED[attribute](operator, value, on)


def _nik(text: str, _on: date) -> Q:
    digits = _digits(text)
    return Q(nik_hash=digits) if digits else _NOTHING


def _kk(text: str, on: date) -> Q:
    digits = _digits(text)
    if not digits:
        return _NOTHING
    members = HouseholdMember.objects.filter(household__kk_hash=digits, period__contains=on)
    return Q(pk__in=members.order_by().values("person_id"))


def _digits(text: str) -> str:
    """Sixteen digits, or nothing: a number of another register is nobody's here."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if re.fullmatch(r"[0-9]{16}", digits) else ""


def _phone(text: str, _on: date) -> Q:
    number = telephone_of(text)
    return Q(phone=number) if number else _NOTHING


def _name(text: str, _on: date) -> Q:
    key = key_of(text)
    return Q(name_key=key) if key else _NOTHING


def _sex(text: str, _on: date) -> Q:
    if text.lower() not in _SEXES:
        raise PartRefused(INVALID, "sex is male or female.")
    return Q(sex=_SEXES[text.lower()])


def _region(text: str, on: date) -> Q:
    """A code of Kemendagri, dotted or not, of any level: everybody who lives in it."""
    digits = text.replace(".", "")
    if not re.fullmatch(r"[0-9]{2}([0-9]{2}){0,2}([0-9]{4})?", digits) or len(digits) == 8:
        raise PartRefused(INVALID, "region is a code of Kemendagri, for example 31.73.")
    code = ".".join(
        [digits[at : at + 2] for at in range(0, min(len(digits), 6), 2)] + ([digits[6:]] if digits[6:] else [])
    )
    lives = Address.objects.filter(person_id=OuterRef("pk"), kind=AddressKind.DOMICILE, period__contains=on)
    return Q(Exists(lives.filter(Q(region_id=code) | Q(region__code__startswith=f"{code}.")).order_by()))


def _birth_date(operator: Operator, value: Value, _on: date) -> Q:
    return Q(**{f"birth_date__{_LOOKUPS[operator]}": _day(value)})


def _registered(operator: Operator, value: Value, _on: date) -> Q:
    """Whole days, of the zone the installation keeps."""
    start = timezone.make_aware(datetime.combine(_day(value), time.min), timezone.get_default_timezone())
    end = start + timedelta(days=1)
    match operator:
        case "lt":
            return Q(registered_at__lt=start)
        case "le":
            return Q(registered_at__lt=end)
        case "gt":
            return Q(registered_at__gte=end)
        case "ge":
            return Q(registered_at__gte=start)
        case _:
            return Q(registered_at__gte=start, registered_at__lt=end)


def _age(operator: Operator, value: Value, on: date) -> Q:
    """Completed years; people whose birthday is not known are not found by their age."""
    try:
        years = float(value)
    except ValueError:
        raise PartRefused(INVALID, "age is a number of years.") from None
    if not years.is_integer() or not 0 <= years <= _MOST_YEARS:
        raise PartRefused(INVALID, "age is a whole number of years, 0 to 150.")
    whole = int(years)
    turned, next_year = _years_before(on, whole), _years_before(on, whole + 1)
    match operator:
        case "lt":
            return Q(birth_date__gt=turned)
        case "le":
            return Q(birth_date__gt=next_year)
        case "gt":
            return Q(birth_date__lte=next_year)
        case "ge":
            return Q(birth_date__lte=turned)
        case _:
            return Q(birth_date__gt=next_year, birth_date__lte=turned)


def _years_before(day: date, years: int) -> date:
    """The last birthday that makes somebody so old on a day: who was born on 29 February turns on 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _day(value: Value) -> date:
    text = str(value)
    found = re.match(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(T|$)", text)
    try:
        day = date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise PartRefused(INVALID, "A date is written 2026-11-20.") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise PartRefused(INVALID, "A date is of the years 1800 to 2200.")
    return day


_EXACT: Final[Mapping[Attribute, Callable[[str, date], Q]]] = {
    Attribute.NIK: _nik,
    Attribute.KK: _kk,
    Attribute.PHONE: _phone,
    Attribute.NAME: _name,
    Attribute.SEX: _sex,
    Attribute.REGION: _region,
}
_RANGED: Final[Mapping[Attribute, Callable[[Operator, Value, date], Q]]] = {
    Attribute.BIRTH_DATE: _birth_date,
    Attribute.AGE: _age,
    Attribute.REGISTERED: _registered,
}

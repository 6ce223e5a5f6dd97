"""What an answer is worth: the number of a choice, or the number that was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.survey import Question, Survey
from serasi.xforms.findings import Finding, Unreadable

CENT = Decimal("0.01")
_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,6})?")
_SAFE = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Points:
    """What the answers to one question are worth.

    ``values`` is None where a number is typed. Choices in ``uncounted`` have no points: whoever picks one has not
    answered, as far as a score goes ("tidak tahu").
    """

    values: Mapping[str, Decimal] | None = None
    uncounted: tuple[str, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def are_names(self) -> bool:
        """The answer as it stands is the number: typed, or choices that are named by their points."""
        return self.values is None or all(name == plain(value) for name, value in self.values.items())

    @property
    def are_whole(self) -> bool:
        return self.values is None or all(value == value.to_integral_value() for value in self.values.values())


def number(text: str) -> Decimal | None:
    """A number as people write it, with a comma or a point; None for anything else."""
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def plain(value: Decimal) -> str:
    """A number without needless zeros and never with an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def points_of(question: Question, survey: Survey) -> Points:
    """Raises Unreadable where answers have no points."""
    if question.kind in {"integer", "int"}:
        return Points()
    if question.kind == "range":
        parameters = dict(re.findall(r"(\w+)\s*=\s*(-?[\d.]+)", question["parameters"].lower()))
        ends = number(parameters.get("start", "1")), number(parameters.get("end", "10"))
        if None in ends or (number(parameters.get("step", "1")) or CENT) % 1:
            raise _refused(question, _("Butir skor jenis range memerlukan start, end dan step bilangan bulat."))
        return Points(lowest=ends[0], highest=ends[1])
    if question.kind != "select_one":
        raise _refused(
            question,
            _("Butir skor “{name}” harus berjenis select_one, integer atau range, bukan {kind}."),
            kind=question.kind,
        )
    if not question.list_name:
        raise _refused(question, _("Tulis nama daftar pilihan sesudah select_one."))
    choices = survey.choices.get(question.list_name, ())
    if not choices:
        raise _refused(question, _("Daftar pilihan “{list}” tidak ada di lembar choices."), list=question.list_name)
    are_names = not any(choice.value for choice in choices)
    values: dict[str, Decimal] = {}
    for choice in choices:
        written = choice.name if are_names else choice.value
        value = number(written)
        if not _SAFE.fullmatch(choice.name):
            raise Unreadable(
                (
                    Finding(
                        _("Nama pilihan “{choice}” hanya boleh berisi huruf, angka, titik, garis bawah dan strip."),
                        {"choice": choice.name},
                        "choices",
                        choice.row,
                        "name",
                    ),
                )
            )
        if not written:
            continue  # a choice without points
        if value is None or value != value.quantize(CENT):
            raise Unreadable(
                (
                    Finding(
                        _(
                            "Pilihan “{choice}” dipakai sebuah skor tetapi “{written}” bukan bilangan (paling banyak "
                            "dua angka di belakang koma). Isi kolom nilai; kosongkan nilai untuk pilihan yang tidak "
                            "dihitung, seperti “tidak tahu”."
                        ),
                        {"choice": choice.name, "written": written},
                        "choices",
                        choice.row,
                        "name" if are_names else "nilai",
                    ),
                )
            )
        values[choice.name] = value
    if not values:
        raise _refused(question, _("Pilihan daftar “{list}” belum bernilai. Isi kolom nilai."), list=question.list_name)
    uncounted = tuple(choice.name for choice in choices if choice.name not in values)
    return Points(values, uncounted, min(values.values()), max(values.values()))


def _refused(question: Question, message: str, **values: str) -> Unreadable:
    return Unreadable((Finding(message, {"name": question.name, **values}, "survey", question.row, "type"),))

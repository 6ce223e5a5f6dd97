"""The sheet ``skor``: scales, the items they are counted from, and what these allow them to be worth."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.points import CENT, Points, plain, points_of
from serasi.xforms.authoring.sheets import ANSWERED, BAND, NAME, SheetReader, in_languages, meant, phrase
from serasi.xforms.authoring.survey import Survey
from serasi.xforms.authoring.workbook import Row
from serasi.xforms.declared import Band, Direction, Method, Scale
from serasi.xforms.findings import Unreadable

MOST_ITEMS = 100
_SPLIT = re.compile(r"[,;\s]+")


class ScaleReader(SheetReader):
    def scales(self) -> dict[str, Scale]:
        scales: dict[str, Scale] = {}
        taken = set(self.survey.by_name)
        for row in self.workbook["skor"].rows:
            name = row["nama"]
            if not self.needed(row, "skor", "nama", "judul", "cara", "butir", "arah"):
                continue
            if not NAME.fullmatch(name):
                self.find(
                    _("Nama skor “{name}” harus huruf kecil, angka dan garis bawah, diawali huruf."),
                    "skor",
                    row.number,
                    "nama",
                    name=name,
                )
                continue
            method = self.word(Method, row, "skor", "cara")
            direction = self.word(Direction, row, "skor", "arah")
            made = {f"{name}{ANSWERED}", f"{name}{BAND}"} | ({name} if method is not Method.FORMULA else set())
            if clash := sorted(made & taken):
                self.find(
                    _("Nama “{name}” sudah dipakai. Nama skor dan nama pertanyaan tidak boleh sama."),
                    "skor",
                    row.number,
                    "nama",
                    name=clash[0],
                )
                continue
            taken |= made | {name}
            if method is None or direction is None:
                continue
            scale = self._scale(row, method, direction)
            if scale is not None:
                scales[name] = scale
        return scales

    def _scale(self, row: Row, method: Method, direction: Direction) -> Scale | None:
        before = len(self.findings)
        items = tuple(_SPLIT.split(row["butir"].strip()))
        reversed_items = frozenset(_SPLIT.split(row["terbalik"].strip())) - {""}
        self._judge_items(row, items, reversed_items, method)
        may_be_blank = row["boleh_kosong"] or "0"
        if not may_be_blank.isdecimal() or int(may_be_blank) >= len(items):
            self.find(
                _("Isi boleh_kosong dengan bilangan bulat dari 0 sampai {most} (kurang dari banyaknya butir)."),
                "skor",
                row.number,
                "boleh_kosong",
                most=str(len(items) - 1),
            )
        lowest, highest = self.number(row, "skor", "terendah"), self.number(row, "skor", "tertinggi")
        error = self.number(row, "skor", "galat")
        if len(self.findings) > before:
            return None
        scale = Scale(
            name=row["nama"],
            title=row["judul"],
            method=method,
            items=items,
            reversed_items=reversed_items,
            may_be_blank=int(may_be_blank),
            lowest=Decimal(0) if lowest is None else lowest,
            highest=Decimal(0) if highest is None else highest,
            direction=direction,
            domain=phrase(row["ranah"]),
            error=error,
            source=row["sumber"],
            words=in_languages(row.cells, {"judul": "title"}),
        )
        if method is Method.FORMULA:
            self._judge_formula(row, scale)
            ends = lowest, highest
        else:
            ends = self._ends(row, scale, lowest, highest)
        if len(self.findings) > before:
            return None
        if ends[0] is None or ends[1] is None:
            self.find(
                _("Isi terendah dan tertinggi: nilai paling kecil dan paling besar."), "skor", row.number, "terendah"
            )
            return None
        if ends[0] >= ends[1]:
            self.find(_("Terendah harus lebih kecil daripada tertinggi."), "skor", row.number, "terendah")
            return None
        return replace(scale, lowest=ends[0], highest=ends[1])

    def _judge_items(self, row: Row, items: tuple[str, ...], reversed_items: frozenset[str], method: Method) -> None:
        if len(items) > MOST_ITEMS:
            self.find(_("Paling banyak {most} butir."), "skor", row.number, "butir", most=str(MOST_ITEMS))
        for name, times in Counter(items).items():
            question = self.survey.by_name.get(name)
            if times > 1:
                self.find(_("Butir “{name}” tertulis dua kali."), "skor", row.number, "butir", name=name)
            if question is None:
                self.find(
                    _("Butir “{name}” tidak ada di lembar survey.{meant}"),
                    "skor",
                    row.number,
                    "butir",
                    name=name,
                    meant=meant(name, self.survey.by_name),
                )
            elif question.repeats:
                self.find(
                    _("Butir “{name}” berada di dalam repeat; skor hanya dari pertanyaan di luar repeat."),
                    "skor",
                    row.number,
                    "butir",
                    name=name,
                )
            elif not question.is_answered:
                self.find(
                    _("Butir “{name}” bukan pertanyaan yang dijawab orang."), "skor", row.number, "butir", name=name
                )
        for name in sorted(reversed_items - set(items)):
            self.find(
                _("“{name}” ada di terbalik tetapi tidak ada di butir."), "skor", row.number, "terbalik", name=name
            )
        if reversed_items and method is Method.FORMULA:
            self.find(_("Skor cara rumus membalik sendiri; kosongkan terbalik."), "skor", row.number, "terbalik")

    def _judge_formula(self, row: Row, scale: Scale) -> None:
        question = self.survey.by_name.get(scale.name)
        if question is None or question.kind != "calculate" or question.repeats:
            self.find(
                _("Skor cara rumus memerlukan baris calculate bernama “{name}” di lembar survey, di luar repeat."),
                "skor",
                row.number,
                "cara",
                name=scale.name,
            )

    def _ends(
        self, row: Row, scale: Scale, lowest: Decimal | None, highest: Decimal | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest that the items allow, compared with what the author says."""
        points = self.points(scale)
        if len(points) < len(scale.items):
            return None, None
        for name in sorted(scale.reversed_items):
            if points[name].lowest is None:
                self.find(
                    _("Butir “{name}” diketik sebagai bilangan, jadi tidak dapat dibalik."),
                    "skor",
                    row.number,
                    "terbalik",
                    name=name,
                )
        self._judge_conditions(row, scale)
        least = [one.lowest for one in points.values() if one.lowest is not None]
        most = [one.highest for one in points.values() if one.highest is not None]
        if len(least) < len(points):
            return lowest, highest
        count = Decimal(len(points)) if scale.method is Method.MEAN else Decimal(1)
        ends = sum(least, Decimal()) / count, sum(most, Decimal()) / count
        if min(least) < 0:
            self.find(_("Nilai pilihan tidak boleh negatif."), "skor", row.number, "butir")
        if scale.may_be_blank and scale.method is Method.SUM and len({*zip(least, most, strict=True)}) > 1:
            self.find(
                _("Skor jumlah dengan boleh_kosong memerlukan butir yang rentang nilainya sama."),
                "skor",
                row.number,
                "boleh_kosong",
            )
        for column, said, found in (("terendah", lowest, ends[0]), ("tertinggi", highest, ends[1])):
            if said is not None and said != found.quantize(CENT):
                self.find(
                    _("Menurut butirnya, {column} adalah {found}, bukan {said}."),
                    "skor",
                    row.number,
                    column,
                    column=column,
                    found=plain(found.quantize(CENT)),
                    said=plain(said),
                )
        return ends[0].quantize(CENT).normalize(), ends[1].quantize(CENT).normalize()

    def points(self, scale: Scale) -> dict[str, Points]:
        found: dict[str, Points] = {}
        for name in scale.items:
            try:
                found[name] = points_of(self.survey.by_name[name], self.survey)
            except Unreadable as unreadable:
                self.findings.extend(finding for finding in unreadable.findings if finding not in self.findings)
        return found

    def _judge_conditions(self, row: Row, scale: Scale) -> None:
        """Items that are not asked of everyone are blank for the others: the scale has to expect it."""
        conditions = {name: self.survey.by_name[name].conditions for name in scale.items}
        usual, _times = Counter(conditions.values()).most_common(1)[0]
        apart = [name for name in scale.items if conditions[name] != usual]
        if len(apart) > scale.may_be_blank:
            self.find(
                _(
                    "Butir {names} hanya ditanyakan dengan syarat (relevant); yang tidak ditanya terhitung kosong, "
                    "jadi skor ini akan kosong. Isi boleh_kosong paling sedikit {count}, atau hapus syaratnya."
                ),
                "skor",
                row.number,
                "boleh_kosong",
                names=", ".join(apart),
                count=str(len(apart)),
            )


def step_of(scale: Scale, bands: Iterable[Band], survey: Survey) -> Decimal:
    """The distance between one value of a scale and the next: 1 where all is whole, else a hundredth."""
    if scale.method is Method.MEAN:
        return CENT
    if scale.method is Method.FORMULA:
        ends = [end for band in bands for end in (band.lowest, band.highest)]
        return Decimal(1) if all(end == end.to_integral_value() for end in ends) else CENT
    return Decimal(1) if is_whole(scale, survey) else CENT


def is_whole(scale: Scale, survey: Survey) -> bool:
    """Whether every answer of a sum is worth whole points."""
    return all(points_of(survey.by_name[name], survey).are_whole for name in scale.items)

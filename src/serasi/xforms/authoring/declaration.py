"""Our five sheets: what an instrument says of itself, its scales, bands, suggestions and worked examples.

Scales are read in `scales`, bands and suggestions in `bands`; everything that is wrong is told at once.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.bands import BandReader
from serasi.xforms.authoring.points import number, plain
from serasi.xforms.authoring.scales import ScaleReader
from serasi.xforms.authoring.sheets import BAND, COLUMNS, SheetReader, in_languages, meant, phrase, phrases
from serasi.xforms.authoring.survey import Question, Survey
from serasi.xforms.authoring.workbook import Workbook
from serasi.xforms.declared import Declaration, Example, Scale, Section
from serasi.xforms.findings import Finding, Severity

ABOUT = (
    *("jenis", "lisensi", "sumber", "penilai", "kunci", "umur_dari", "umur_sampai", "jarak_hari"),
    *("klaster", "tanda", "keterangan"),
)
"""What the sheet ``instrumen`` may say, one a row."""
OF_SECTIONS = ("penilai", "tanda")
"""Columns of the survey that an outermost group may have: who fills it, who may read it."""
ABOUT_NEEDED = ("jenis", "lisensi", "sumber", "penilai")


def declaration_of(workbook: Workbook, survey: Survey) -> tuple[Declaration, tuple[Finding, ...]]:
    """What the sheets declare, and what is wrong in them; what is wrong is left out of the declaration."""
    reader = _Reader(workbook, survey)
    return reader.declaration(), tuple(reader.findings)


class _Reader(SheetReader):
    def declaration(self) -> Declaration:
        for sheet in COLUMNS:
            self.judge_columns(sheet)
        about = self._about()
        settings = self.survey.settings
        for name in ("form_id", "form_title"):
            if not settings.get(name):
                self.find(_("Isi kolom {column} di lembar settings."), "settings", 2, name, column=name)
        scales = ScaleReader(self.workbook, self.survey, self.findings).scales()
        meanings = BandReader(self.workbook, self.survey, self.findings)
        bands = meanings.bands(scales)
        return Declaration(
            code=settings.get("form_id", ""),
            title=settings.get("form_title", ""),
            version=settings.get("version", ""),
            kind=phrase(about.get("jenis", "")),
            licence=about.get("lisensi", ""),
            source=about.get("sumber", ""),
            raters=phrases(about.get("penilai", "")),
            key=about.get("kunci", "") or settings.get("form_id", ""),
            youngest=self._whole_about(about, "umur_dari", 0, 150),
            oldest=self._whole_about(about, "umur_sampai", 0, 150),
            interval_days=self._whole_about(about, "jarak_hari", 1, 3660),
            clusters=phrases(about.get("klaster", "")),
            tags=phrases(about.get("tanda", "")),
            description=about.get("keterangan", ""),
            words=in_languages(settings, {"form_title": "title"}),
            sections=self._sections(),
            scales=tuple(scales.values()),
            bands=bands,
            suggestions=meanings.suggestions(scales, bands),
            examples=self._examples(scales),
        )

    # instrumen

    def _about(self) -> dict[str, str]:
        about: dict[str, str] = {}
        for row in self.workbook["instrumen"].rows:
            name = row["nama"]
            if name not in ABOUT:
                self.find(
                    _("“{name}” tidak dikenal di lembar instrumen.{meant} Yang dikenal: {known}."),
                    "instrumen",
                    row.number,
                    "nama",
                    name=name,
                    meant=meant(name, ABOUT),
                    known=", ".join(ABOUT),
                )
            elif name in about:
                self.find(_("“{name}” tertulis dua kali."), "instrumen", row.number, "nama", name=name)
            else:
                about[name] = row["isi"]
        if "instrumen" in self.workbook:
            for name in ABOUT_NEEDED:
                if not about.get(name):
                    self.find(_("Lembar instrumen belum memuat “{name}”."), "instrumen", None, "", name=name)
        return about

    def _whole_about(self, about: Mapping[str, str], name: str, least: int, most: int) -> int | None:
        written = about.get(name, "")
        if not written:
            return None
        if not written.isdecimal() or not least <= int(written) <= most:
            row = next(row.number for row in self.workbook["instrumen"].rows if row["nama"] == name)
            self.find(
                _("Isi “{name}” dengan bilangan bulat {least} sampai {most}."),
                "instrumen",
                row,
                "isi",
                name=name,
                least=str(least),
                most=str(most),
            )
            return None
        return int(written)

    def _sections(self) -> tuple[Section, ...]:
        sections = []
        for question in self.survey.questions:
            if question.kind == "group" and not question.depth:
                raters, tags = (phrases(question[column]) for column in OF_SECTIONS)
                sections.append(Section(question.name, _label(question, self.survey), raters, tags))
                continue
            for column in OF_SECTIONS:
                if question[column]:
                    self.find(
                        _("Kolom {kolom} hanya untuk baris begin_group paling luar; pindahkan ke sana."),
                        "survey",
                        question.row,
                        column,
                        kolom=column,
                    )
        return tuple(sections)

    # contoh

    def _examples(self, scales: Mapping[str, Scale]) -> tuple[Example, ...]:
        table = self.workbook["contoh"]
        written_scales = {row["nama"] for row in self.workbook["skor"].rows}
        questions: list[str] = []
        values: dict[str, str] = {}
        for heading in table.headings:
            what, colon, name = heading.partition(":")
            if heading == "nama":
                continue
            if colon and what in {"skor", "pita"} and name in written_scales:
                values[heading] = name if what == "skor" else f"{name}{BAND}"
            elif (question := self.survey.by_name.get(heading)) and question.is_answered and not question.repeats:
                questions.append(heading)
            else:
                self.find(
                    _(
                        "Kolom “{heading}” di lembar contoh harus nama pertanyaan (di luar repeat), skor:NAMA atau "
                        "pita:NAMA.{meant}"
                    ),
                    "contoh",
                    1,
                    heading,
                    heading=heading,
                    meant=meant(heading, [*self.survey.by_name, *(f"skor:{one}" for one in written_scales)]),
                )
        found = [
            Example(
                row["nama"] or str(row.number),
                {name: row[name] for name in questions if row[name]},
                {name: _value(row[heading]) for heading, name in values.items()},
            )
            for row in table.rows
        ]
        for name in scales:
            if not any(example.values.get(name) for example in found):
                self.find(
                    _(
                        "Skor {scale} belum punya contoh dengan nilai. Tambahkan di lembar contoh: jawaban, dan "
                        "skor:{scale} yang dihitung dengan tangan."
                    ),
                    "contoh",
                    None,
                    f"skor:{name}",
                    scale=name,
                )
        return tuple(found)


def unlicensed(declaration: Declaration) -> Iterable[Finding]:
    """What a form of another house does not say yet; whoever publishes it is asked."""
    if not declaration.kind:
        yield Finding(
            _("Lembar instrumen belum ada: jenis, lisensi, sumber dan penilai ditanyakan sebelum terbit."),
            {},
            "instrumen",
            severity=Severity.WARNS,
        )


def _value(written: str) -> str:
    value = number(written)
    return written if value is None else plain(value)


def _label(question: Question, survey: Survey) -> str:
    language = survey.settings.get("default_language", "")
    labels = [question[f"label::{language}"], question["label"]]
    labels += [text for heading, text in question.cells.items() if heading.startswith("label::")]
    return " ".join(next((label for label in labels if label), question.name).split())

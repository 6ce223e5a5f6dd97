"""The sheets ``pita`` and ``saran``: what the values of a scale mean, and where that leads."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.points import plain
from serasi.xforms.authoring.scales import step_of
from serasi.xforms.authoring.sheets import NAME, SheetReader, in_languages
from serasi.xforms.authoring.workbook import Row
from serasi.xforms.declared import Band, Scale, Suggestion, SuggestionKind, Tone


class BandReader(SheetReader):
    def bands(self, scales: Mapping[str, Scale]) -> tuple[Band, ...]:
        rows: dict[str, list[tuple[Row, Band]]] = {}
        for row in self.workbook["pita"].rows:
            if not self.needed(row, "pita", "skor", "kode", "dari", "sampai", "judul", "sumber"):
                continue
            tone = self.word(Tone, row, "pita", "nada", Tone.PLAIN)
            lowest, highest = self.number(row, "pita", "dari"), self.number(row, "pita", "sampai")
            if not self.knows_scale(row, "pita", scales) or tone is None or lowest is None or highest is None:
                continue
            if not NAME.fullmatch(row["kode"]):
                self.find(
                    _("Kode pita “{code}” harus huruf kecil, angka dan garis bawah, diawali huruf."),
                    "pita",
                    row.number,
                    "kode",
                    code=row["kode"],
                )
                continue
            band = Band(
                *(row["skor"], lowest, highest, row["kode"], row["judul"], row["arti"], tone, row["sumber"]),
                words=in_languages(row.cells, {"judul": "title", "arti": "meaning"}),
            )
            rows.setdefault(row["skor"], []).append((row, band))
        for name, written in rows.items():
            self._judge_bands(scales[name], sorted(written, key=lambda one: one[1].lowest))
        return tuple(band for written in rows.values() for _row, band in sorted(written, key=lambda one: one[1].lowest))

    def _judge_bands(self, scale: Scale, written: list[tuple[Row, Band]]) -> None:
        codes = Counter(band.code for _row, band in written)
        step = step_of(scale, [band for _row, band in written], self.survey)
        before: Band | None = None
        for row, band in written:
            if codes[band.code] > 1:
                self.find(_("Kode pita “{code}” dipakai dua kali."), "pita", row.number, "kode", code=band.code)
            if band.lowest > band.highest:
                self.find(_("“dari” lebih besar daripada “sampai”."), "pita", row.number, "dari")
            starts = scale.lowest if before is None else before.highest + step
            if band.lowest != starts:
                values = {"scale": scale.name, "code": band.code, "found": plain(band.lowest), "starts": plain(starts)}
                if before is None:
                    message = _(
                        "Pita pertama skor {scale} mulai dari {found}; seharusnya dari {starts}, nilai terendah."
                    )
                elif band.lowest > starts:
                    values |= {"before": before.code, "ends": plain(before.highest)}
                    message = _(
                        "Ada celah: pita “{before}” sampai {ends}, pita “{code}” baru mulai {found}. Seharusnya "
                        "{starts}."
                    )
                else:
                    values |= {"before": before.code, "ends": plain(before.highest)}
                    message = _(
                        "Pita tumpang tindih: “{before}” sampai {ends}, “{code}” sudah mulai {found}. Seharusnya "
                        "{starts}."
                    )
                self.find(message, "pita", row.number, "dari", **values)
            before = band
        if before is not None and before.highest != scale.highest:
            self.find(
                _("Pita terakhir skor {scale} sampai {found}; seharusnya sampai {ends}, nilai tertinggi."),
                "pita",
                written[-1][0].number,
                "sampai",
                scale=scale.name,
                found=plain(before.highest),
                ends=plain(scale.highest),
            )

    def suggestions(self, scales: Mapping[str, Scale], bands: tuple[Band, ...]) -> tuple[Suggestion, ...]:
        found = []
        for row in self.workbook["saran"].rows:
            if not self.needed(row, "saran", "skor", "pita", "jenis", "apa", "alasan"):
                continue
            kind = self.word(SuggestionKind, row, "saran", "jenis")
            if not self.knows_scale(row, "saran", scales) or kind is None:
                continue
            codes = [band.code for band in bands if band.scale == row["skor"]]
            if row["pita"] not in codes:
                self.find(
                    _("Skor {scale} tidak punya pita “{code}”. Pitanya: {known}."),
                    "saran",
                    row.number,
                    "pita",
                    scale=row["skor"],
                    code=row["pita"],
                    known=", ".join(codes) or "–",
                )
                continue
            found.append(Suggestion(row["skor"], row["pita"], kind, row["apa"], row["alasan"]))
        return tuple(found)

"""What instruments found: a boy half assessed, two elders, a youth who grows ready, and some results of forty others.

Told when every file of a unit stands. What is filled together is filled here by several hands, each their own part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.assessments import operations as assessments
from serasi.assessments.enums import Mode
from serasi.assessments.models import Assessment, Edition, Score
from serasi.assessments.operations import Typed
from serasi.assessments.queries import form_of
from serasi.cases.models import Case
from serasi.start.world.satria import KEY as SATRIA
from serasi.start.world.staff import PSBR, SENTRA
from serasi.start.world.street_child import KEY as BAGAS
from serasi.start.world.unknown_elder import KEY as PAINEM
from serasi.start.world.world import JAKARTA, World

AT_THE_SENTRA: Final = "ukuran:sentra"
AT_TARUNA_JAYA: Final = "ukuran:taruna-jaya"
OTHERS: Final = {AT_THE_SENTRA: 30, AT_TARUNA_JAYA: 12}
"""How many beside those who are named have a result or two."""
FILLED: Final = frozenset(
    {"skrining_bahaya", "asesmen_anak", "asesmen_lansia", "hasil_mmse", "hasil_sdq", "kegiatan_sehari", "minat_kerja"}
    | {"siap_mandiri", "ranah_foyer", "wg_pendek"}
)
"""Which of the instruments that are shipped these stories fill; they stand before the world is made."""
A_MONTH: Final = 30
MOST_REVIEWS: Final = 4

Answers = Mapping[str, str]
"""By the name of the question."""
Part = tuple[User, Answers]
"""What one of those who fill an instrument answers."""

_DAILY: Final = (
    *("makan", "mandi", "rapi", "pakaian", "kamar_kecil", "buang_air"),
    *("pindah", "bergerak", "obat", "kamar", "bicara", "arah"),
)
_AT_FIRST: Final = dict(zip(_DAILY, "333332333233", strict=True))
"""34: alone."""
_CUT_SHORT: Final = dict.fromkeys(_DAILY[:6], "2") | dict.fromkeys(_DAILY[6:], "tidak_dinilai")
"""In bed after a fall: half could not be rated, and there is no score."""
_AFTER_THE_FALL: Final = dict(zip(_DAILY, "212212111132", strict=True))
"""19: much help."""
_WALKING_AGAIN: Final = dict(zip(_DAILY, "322323222233", strict=True))
"""29: a little help."""


def at_the_sentra(world: World, _begins: datetime) -> None:
    """The boy, the elder nobody knows, the elder who fell; then others."""
    measuring = _Measuring(world, AT_THE_SENTRA, SENTRA)
    measuring.tell_of_the_unknown_elder()
    measuring.tell_of_bagas()
    measuring.tell_of_the_elder_who_fell()
    measuring.tell_of_others()


def at_taruna_jaya(world: World, _begins: datetime) -> None:
    """Satria; then others."""
    measuring = _Measuring(world, AT_TARUNA_JAYA, PSBR)
    measuring.tell_of_satria()
    measuring.tell_of_others()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """An instrument as these stories fill it: where each question stands, and which questions a scale is made of."""

    edition: Edition
    places: Mapping[str, str]
    scales: Mapping[str, Sequence[str]]


class _Measuring:
    """Filling instruments in the files of one unit."""

    def __init__(self, world: World, key: str, unit: str) -> None:
        self.world, self.key, self.desk = world, key, world.desks[unit]
        self.dice = world.dice(key)
        self._sheets: dict[str, _Sheet] = {}
        self._begun = False
        self._named: set[UUID] = set()

    # --- Who is named -----------------------------------------------------------------------------------------------

    def tell_of_the_unknown_elder(self) -> None:
        """Mbah Painem: the danger screen at the door, then everything together, each profession its part."""
        users, case = self.world.users, self._case_of(PAINEM)
        ratih, dian, tuti = users["peksos"], users["psikolog"], users["pengasuh"]
        came = self._day(case.opened_at)
        screened = dict.fromkeys(self._sheet("skrining_bahaya").scales["bahaya"], "tidak")
        self.fill(case, "skrining_bahaya", came, (ratih, screened | {"tanpa_makan_tempat": "ya"}), mode=Mode.OBSERVED)
        whole = self.fill(
            case,
            "asesmen_lansia",
            came + timedelta(days=4),
            (
                ratih,
                {
                    "tinggal_bersama": "panti",
                    "ada_perawat": "ya",
                    "ingatan": "sangat_menurun",
                    "masalah_sendiri": "“Aku menunggu Nar.”",
                    "dokumen": "tidak_ada",
                    "kekerasan_eksploitasi": "tidak_ditanya",
                    "sumber_penghasilan": "tidak_ada",
                    "bantuan": "tidak_ada",
                    "tempat_tinggal": "panti",
                    "keadaan_keluarga": "dicari",
                    "jejak": "Nar; kali gede; tembang dari Wonogiri atau Pacitan.",
                    "telusur": "dukcapil dinsos media",
                    "f_kebutuhan": "2",
                    "f_peran": "1",
                    "f_masalah": "1",
                    "perlu_spm": "dalam",
                    "sebab_spm": "tidak_dirawat",
                    "layanan_dalam": "panti_tempat_tinggal panti_permakanan panti_dokumen panti_perbekalan_kesehatan",
                    "kesimpulan": "Aman dan sehat dahulu; keluarganya dicari lewat tembang dan logatnya.",
                },
            ),
            (
                dian,
                {
                    "perasaan": "tenang takut",
                    "peristiwa_berat": "belum",
                    "pikiran_melukai": "tidak",
                    "kekuatan": "Hafal tembang macapat dari awal sampai akhir.",
                    "cara_mengatasi": "Ditemani menembang.",
                    "catatan_psikolog": "Orientasi waktu tidak ada; MMSE dikerjakan terpisah.",
                },
            ),
            (
                tuti,
                {
                    "ada_keluhan": "ya",
                    "keluhan": "Kedua mata kabur, pusing bila bangun.",
                    "penyakit": "jantung",
                    "obat_rutin": "ya",
                    "obat": "Obat tekanan darah pagi hari, diingatkan pengasuh.",
                    "makan_sehari": "3",
                    "tidur": "kurang",
                    "jaminan": "tidak_ada",
                    "ibadah": "kadang",
                    "makna": "Menengadahkan tangan setiap mendengar azan.",
                },
            ),
        )
        self.disagree(
            whole,
            "keberfungsian_sosial",
            "terganggu",
            "Dinilai pada hari keempat, saat beliau masih bingung. Bila ditemani, beliau menjalankan lebih banyak.",
            by=dian,
        )
        examined = came + timedelta(days=9)
        self.fill(
            case,
            "hasil_mmse",
            examined,
            (
                dian,
                {
                    "tanggal": examined.isoformat(),
                    "penilai_nama": "Dian Paramitha, psikolog",
                    "bahasa_versi": "Bahasa Jawa ngoko, lembar sentra",
                    "selesai": "ya",
                    "n_mmse": "14",
                    "golongan": "sedang",
                    "simpulan": "Ingatan jangka pendek sangat kurang. Penglihatan ikut menurunkan nilai; ulangi nanti.",
                },
            ),
        )

    def tell_of_bagas(self) -> None:
        """What his teacher says, by the sheet of the psychologist; and an assessment that waits for her part."""
        users, case = self.world.users, self._case_of(BAGAS)
        asked = self.world.today - timedelta(days=20)
        self.fill(
            case,
            "hasil_sdq",
            asked,
            (
                users["psikolog"],
                {
                    "tanggal": asked.isoformat(),
                    "penilai_nama": "Dian Paramitha, psikolog",
                    "bahasa_versi": "Bahasa Indonesia, lembar guru",
                    "selesai": "ya",
                    "penjawab": "guru",
                    "n_emosi": "4",
                    "n_perilaku": "3",
                    "n_hiperaktif": "6",
                    "n_teman": "2",
                    "n_prososial": "8",
                    "n_kesulitan": "15",
                    "golongan": "ambang",
                    "simpulan": "Gelisah di kelas, akrab dengan teman. Diulang setelah satu semester.",
                },
            ),
            mode=Mode.PROXY,
        )
        self.fill(
            case,
            "asesmen_anak",
            self.world.today - timedelta(days=1),
            (
                users["peksos"],
                {
                    "usia": "anak",
                    "sekolah": "rutin",
                    "anak_bekerja": "tidak",
                    "bermain": "Ukulele dan sepak bola dengan Fajar.",
                    "masalah_sendiri": "“Aku takut disuruh mengamen lagi.”",
                    "dokumen": "akta",
                    "orang_dekat": "Bu Tuti dan ibunya.",
                    "kekerasan_eksploitasi": "pernah",
                    "ibadah": "teratur",
                    "keadaan_keluarga": "diketahui",
                    "susunan_keluarga": "Ibu dan nenek di Indramayu.",
                    "keluarga_bersedia": "bersyarat",
                    "suka": "Musik; ingin bermain di panggung.",
                },
            ),
            (users["pengasuh"], {"makan_sehari": "3", "tidur": "baik", "ada_keluhan": "tidak"}),
            is_finished=False,
        )

    def tell_of_the_elder_who_fell(self) -> None:
        """Four reviews of daily living, a month apart: alone, then a fall, then slowly up again."""
        case = self._long_stayer()
        worker = self.world.known(case.opened_by)
        apart = min(A_MONTH, ((self.world.today - self._day(case.opened_at)).days - 1) // MOST_REVIEWS)
        last = None
        for place, answers in enumerate((_AT_FIRST, _CUT_SHORT, _AFTER_THE_FALL, _WALKING_AGAIN)):
            on = self.world.today - timedelta(days=2 + apart * (MOST_REVIEWS - 1 - place))
            last = self.fill(case, "kegiatan_sehari", on, (worker, answers), mode=Mode.OBSERVED)
        if last is not None:
            self.disagree(
                last,
                "kemandirian",
                "banyak_bantuan",
                "Pekan itu ia ditemani fisioterapis setiap pagi. Tanpa itu ia masih dibantu bangun dan mandi.",
                by=self.desk.supervisor,
            )

    def tell_of_satria(self) -> None:
        """What he likes, how ready he is to live out, and where he sees himself, from entry until now."""
        users, case = self.world.users, self._case_of(SATRIA)
        maya, bima = users["peksos.dki"], users["dki.psikolog"]
        came = self._day(case.opened_at)
        likes = {"minat_realistik": 2, "minat_investigatif": 1, "minat_usaha": 1}
        interests = {
            name: str(max(0, min(2, likes.get(scale, 0) + self.dice.choice((0, 0, 0, 1, -1)))))
            for scale, names in self._sheet("minat_kerja").scales.items()
            for name in names
        }
        self.fill(case, "minat_kerja", came + timedelta(days=6), (bima, interests), mode=Mode.SELF)
        for after, level in ((8, 0.8), (150, 1.6), (290, 1.9), (415, 2.5)):
            on = min(came + timedelta(days=after), self.world.today - timedelta(days=6))
            self.fill(case, "siap_mandiri", on, (maya, self._about("siap_mandiri", "kesiapan", level)))
        domains = [names[0] for names in self._sheet("ranah_foyer").scales.values()]
        for after, steps, wish in (
            (9, "2213122", "Ikut pelatihan las sampai lulus"),
            (200, "3333333", "Menabung seratus ribu setiap bulan"),
            (418, "4444354", "Mencari kamar kos dekat bengkel"),
        ):
            on = min(came + timedelta(days=after), self.world.today - timedelta(days=5))
            said = dict(zip(domains, steps, strict=True))
            self.fill(case, "ranah_foyer", on, (maya, {**said, "langkah_ku": wish}), mode=Mode.SELF)

    # --- Others -----------------------------------------------------------------------------------------------------

    def tell_of_others(self) -> None:
        """One result or two of whoever else is there, of what fits their age."""
        cases = [
            case
            for case in self._cases()
            if not case.is_sealed
            and case.person_id not in self._named
            and self._day(case.opened_at) < self.world.today - timedelta(days=9)
        ]
        for case in self.dice.sample(cases, min(len(cases), OTHERS[self.key])):
            worker = self.world.known(case.opened_by)
            age = case.person.age_on(self.world.today)
            if age is None or age < 5:
                continue
            open_for = (self.world.today - self._day(case.opened_at)).days
            days = [self.dice.randint(open_for // 2, open_for - 2)]
            if open_for > 100 and self.dice.random() < 0.6:
                days.append(self.dice.randint(2, open_for // 3))
            level = self.dice.uniform(0.6, 2.3)
            for place, days_ago in enumerate(days):
                on = self.world.today - timedelta(days=days_ago)
                if age >= 60:
                    code, answers = "kegiatan_sehari", self._about("kegiatan_sehari", "kemandirian", level + 0.4)
                elif 15 <= age < 30:
                    code, answers = "siap_mandiri", self._about("siap_mandiri", "kesiapan", level + 0.4 * place)
                else:
                    code, answers = "wg_pendek", self._difficulties()
                self.fill(case, code, on, (worker, answers))

    def _about(self, code: str, scale: str, level: float) -> Answers:
        """Answers between 0 and 3 that lie about a level."""
        return {
            name: str(max(0, min(3, round(level + self.dice.uniform(-0.8, 0.8)))))
            for name in self._sheet(code).scales[scale]
        }

    def _difficulties(self) -> Answers:
        drawn = (*("tidak",) * 12, *("sedikit",) * 5, "sangat")
        return {name: self.dice.choice(drawn) for name in self._sheet("wg_pendek").scales["ranah_berat"]}

    # --- Filling ----------------------------------------------------------------------------------------------------

    def fill(
        self,
        case: Case,
        code: str,
        on: date,
        *parts: Part,
        mode: Mode = Mode.INTERVIEW,
        is_finished: bool = True,
    ) -> Assessment:
        """Begun and ended by the first of those who answer; each types their part a quarter of an hour later."""
        sheet = self._sheet(code)
        at = max(datetime.combine(on, time(9, self.dice.randrange(60)), tzinfo=JAKARTA), case.opened_at)
        begun_by = parts[0][0]
        filling = assessments.start_filling(
            id=self._id(at), case=case, edition=sheet.edition, mode=mode, assessed_on=on, by=begun_by, at=at
        )
        for by, answers in parts:
            at += timedelta(minutes=15)
            kept = assessments.keep_answers(assessment=filling, typed=self._typed(sheet, answers, at), by=by, at=at)
            if kept.refused:
                raise ValueError(f"{code}: {kept.refused}")
        if is_finished:
            at += timedelta(minutes=5)
            assessments.finish_filling(assessment=filling, by=begun_by, at=at)
        return filling

    def disagree(self, filling: Assessment, scale: str, band: str, reason: str, *, by: User) -> None:
        """A day later, another opinion on one of its scores."""
        with self.world.looking():
            score = Score.objects.select_related("assessment__case__unit", "scale", "band").get(
                assessment=filling, scale__name=scale
            )
            instead = score.scale.bands.get(code=band)
        at = min((filling.finished_at or filling.written_at) + timedelta(days=1), self.world.now)
        assessments.state_opinion(id=self._id(at), score=score, band=instead, reason=reason, by=by, at=at)

    def _typed(self, sheet: _Sheet, answers: Answers, at: datetime) -> list[Typed]:
        return [Typed(self._id(at), sheet.places[name], "", value, at) for name, value in answers.items()]

    def _sheet(self, code: str) -> _Sheet:
        if code not in self._sheets:
            with self.world.looking():
                edition = Edition.objects.newest().get(instrument__unit=None, instrument__code=code)
                scales = {scale.name: tuple(scale.items) for scale in edition.scales.all()}
                places = {path.rpartition("/")[2]: path for path in form_of(edition.pk).controls}
            self._sheets[code] = _Sheet(edition, places, scales)
        return self._sheets[code]

    def _id(self, at: datetime) -> UUID:
        """The first filling bears the id by which the story is recognised."""
        if self._begun:
            return self.world.id(self.key, at)
        self._begun = True
        return self.world.person_id(self.key)

    # --- Whose files ------------------------------------------------------------------------------------------------

    def _cases(self) -> list[Case]:
        with self.world.looking():
            rows = Case.objects.filter(unit=self.desk.unit, closed_at=None)
            return list(rows.select_related("unit", "person", "stage", "opened_by").order_by("opened_at", "number"))

    def _case_of(self, key: str) -> Case:
        case = next(one for one in self._cases() if one.person_id == self.world.person_id(key))
        self._named.add(case.person_id)
        return case

    def _long_stayer(self) -> Case:
        """An elder who has been here for four months, of Ratih's if she has one; else the one nobody knows."""
        long_ago = self.world.now - timedelta(days=A_MONTH * MOST_REVIEWS)
        elders = [
            case
            for case in self._cases()
            if case.cluster == "lansia" and not case.is_sealed and case.opened_at < long_ago
        ]
        ratihs = [case for case in elders if case.opened_by_id == self.world.users["peksos"].pk]
        case = next(iter([*ratihs, *elders]), None) or self._case_of(PAINEM)
        self._named.add(case.person_id)
        return case

    @staticmethod
    def _day(moment: datetime) -> date:
        return moment.astimezone(JAKARTA).date()

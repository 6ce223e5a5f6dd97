"""Ratih asks the waste-picking families of Bantargebang: three enumerators, four villages, a survey that still runs.

Nearly everything went as it should. One family was asked twice, one interview was over in two minutes, one was held
far from where it says, two families would rather not. Those are left for the supervisor, but for what she has seen to.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape

from serasi.access.models import User
from serasi.assessments.models import Edition
from serasi.assessments.queries import form_of
from serasi.institutions.models import Region
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import World
from serasi.surveys import operations as surveys
from serasi.surveys.models import Survey
from serasi.xforms.instance import compose

KEY: Final = "survei:pemulung"
FORM: Final = "survei_pemulung"
REGION: Final = "32.75.07"
"""Kecamatan Bantargebang, Kota Bekasi, where the landfill is."""
LASTS: Final = timedelta(days=21)
BEGAN: Final = 12
"""Days ago."""
ENUMERATORS: Final = ("pendamping", "peksos", "rekan")
HOUSEHOLDS: Final = 54
AS_MANY_A_VILLAGE: Final = 20
AROUND: Final = (-6.3270, 106.9930)
"""Of the villages: latitude and longitude."""

Answers = dict[str, str]
"""By the name of the question; that of a repeat is the XML of its rows."""


def tell(world: World, _begins: datetime) -> None:
    """The survey, its enumerators and targets, and what they asked so far."""
    surveying = _Surveying(world)
    surveying.begin()
    surveying.ask_everybody()


class _Surveying:
    def __init__(self, world: World) -> None:
        self.world, self.desk, self.dice = world, world.desks[SENTRA], world.dice(KEY)
        self.supervisor = world.users["peksos"]
        with world.looking():
            self.edition = Edition.objects.newest().get(instrument__unit=None, instrument__code=FORM)
            self.form = form_of(self.edition.pk)
            self.region = Region.objects.get(pk=REGION)
            self.villages = list(Region.objects.filter(pk__startswith=f"{REGION}.").order_by("pk"))
        self.places = {path.rpartition("/")[2]: path for path in self.form.fields}
        self.survey: Survey

    def begin(self) -> None:
        """Planned three days ahead, opened on its first morning."""
        world, by = self.world, self.supervisor
        first, planned = world.past(BEGAN).date(), world.past(BEGAN + 3, 14)
        self.survey = surveys.make_survey(
            id=world.person_id(KEY),
            unit=self.desk.unit,
            name="Keluarga pemulung Bantargebang",
            purpose="Mengetahui hunian, kerja, dokumen dan bantuan keluarga pemulung; NIK dan bantuan lalu diurus.",
            edition=self.edition,
            region=self.region,
            begins_on=first,
            ends_on=first + LASTS,
            by=by,
            at=planned,
        )
        for name in ENUMERATORS:
            surveys.add_enumerator(
                id=world.id(KEY, planned),
                survey=self.survey,
                user=world.users[name],
                starts_on=first,
                by=by,
                at=planned,
            )
        targets = {village.pk: AS_MANY_A_VILLAGE for village in self.villages}
        surveys.set_targets(survey=self.survey, targets=targets, by=by, at=planned)
        surveys.open_survey(survey=self.survey, by=by, at=world.past(BEGAN, 7))

    def ask_everybody(self) -> None:
        """A few households a day by each, in the village of that day."""
        last: tuple[User, Answers] | None = None
        for place in range(HOUSEHOLDS):
            by = self.world.users[ENUMERATORS[place % len(ENUMERATORS)]]
            answers = self._household(place)
            if place == 31 and last is not None:
                answers = dict(last[1])  # the same family, by somebody else
            if place in {11, 40}:
                answers = {"bersedia": "tidak", "sebab_menolak": "Sedang memilah, tidak ada waktu."}
            self._keep(place, by, answers, minutes=2 if place == 22 else self.dice.randrange(18, 41))
            last = (by, answers)
        surveys.check_survey(survey=self.survey, by=self.supervisor, at=self.world.now)

    def _keep(self, place: int, by: User, answers: Mapping[str, str], *, minutes: int) -> None:
        a_day = HOUSEHOLDS / BEGAN
        began = self.world.past(BEGAN - place / a_day, 8) + timedelta(minutes=47 * (place % len(ENUMERATORS) * 2))
        began = min(began, self.world.now - timedelta(hours=2))
        ended = began + timedelta(minutes=minutes)
        interview_id = self.world.id(KEY, began)
        instance = compose(
            self.form,
            {self.places[name]: value for name, value in answers.items()},
            instance_id=interview_id,
            started_at=began,
            ended_at=ended,
        )
        surveys.keep_interview(
            id=interview_id,
            survey=self.survey,
            edition=self.edition,
            instance=instance,
            files=[],
            by=by,
            at=ended + timedelta(minutes=3),
        )

    def _household(self, place: int) -> Answers:
        dice, village = self.dice, self.villages[place % len(self.villages)]
        north, east = (round(around + dice.uniform(-0.012, 0.012), 6) for around in AROUND)
        if place == 17:
            north -= 0.9  # asked at the other end of Jawa Barat
        aid = dice.choice(["tidak_ada", "tidak_ada", "sembako", "sembako pbi", "pkh sembako pbi", "pbi"])
        return {
            "bersedia": "ya",
            "titik": f"{north} {east} 0 8",
            "alamat": f"Lapak Contoh nomor {place + 1}",
            "kecamatan": REGION,
            "desa": village.pk,
            "hunian": dice.choice(["lapak", "lapak", "bedeng", "bedeng", "kontrak", "menumpang", "rumah"]),
            "lama_tinggal": str(dice.randrange(0, 24)),
            "air": dice.choice(["sumur", "beli", "beli"]),
            "jamban": dice.choice(["umum", "umum", "sendiri", "tidak_ada"]),
            "listrik": dice.choice(["ya", "ya", "tidak"]),
            "izin_foto": "tidak",
            "tahun_memulung": str(dice.randrange(1, 22)),
            "jam_sehari": str(dice.randrange(6, 13)),
            "barang": dice.choice(["plastik kertas", "plastik", "plastik logam kertas", "plastik makanan"]),
            "dijual_ke": dice.choice(["lapak", "bos", "bos", "bank_sampah"]),
            "hasil_hari": str(2_500_000 if place == 26 else dice.randrange(3, 13) * 10_000),
            "bahaya": dice.choice(["luka", "luka sesak", "sesak", "utang_bos", "tidak_ada"]),
            "penghasilan_lain": str(dice.choice([0, 0, 0, 150_000, 300_000])),
            "pengeluaran": str(dice.randrange(12, 31) * 100_000),
            "bantuan": aid,
            "harapan": dice.choice(["Anak tetap sekolah.", "KTP dan KK diurus.", "Rumah yang tidak bocor.", ""]),
            "anggota": "".join(self._members()),
        }

    def _members(self) -> list[str]:
        dice, names = self.dice, self.world.names
        age = dice.randrange(24, 62)
        found = [("kepala_keluarga", "L", age, names.full_name(dice, "L"))]
        if dice.random() < 0.85:
            found.append(("pasangan", "P", max(19, age - dice.randrange(0, 7)), names.full_name(dice, "P")))
        for _child in range(dice.choice([0, 1, 1, 2, 2, 3])):
            sex = dice.choice("LP")
            found.append(("anak", sex, dice.randrange(0, min(18, age - 18)), names.full_name(dice, sex)))
        return [self._member(*one) for one in found]

    def _member(self, relation: str, sex: str, age: int, name: str) -> str:
        dice = self.dice
        papers = dice.choice(
            ["ktp kk", "ktp kk kesehatan", "kk", "tidak_ada"] if age > 17 else ["akta kk", "kk", "tidak_ada"]
        )
        told = {"nama": name, "hubungan": relation, "kelamin": sex, "umur": str(age), "punya_nik": "tidak", "nik": ""}
        told |= {"dokumen": papers, "sekolah": "", "bekerja": "", "jam_anak": "", "sakit_disabilitas": "tidak"}
        if 7 <= age <= 18:
            told["sekolah"] = dice.choice(["ya", "ya", "ya", "putus"])
        if age >= 5:
            works = age > 17 or (age > 10 and dice.random() < 0.25)
            told["bekerja"] = "memulung" if works else "tidak"
            told["jam_anak"] = str(dice.randrange(2, 6)) if works and age < 18 else ""
        inside = "".join(f"<{field}>{escape(value)}</{field}>" for field, value in told.items())
        return f"<anggota>{inside}</anggota>"

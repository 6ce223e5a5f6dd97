"""A wave at the gate of Kedoya: a sports hall after the flood, closed with everyone accounted for; and one open today.

In the hall two registered at once, each with numbers of their own. In the morning the faces were looked up in the
register, in the afternoon people went on: home, to hospital, to other homes, and nine to Kedoya, where they live now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.models import Bed, BedOutage, Occupancy, Reservation, Room, Stay
from serasi.shelters import operations as shelters
from serasi.shelters.enums import Danger, GatheringKind, Health, Need, OutcomeKind
from serasi.shelters.models import Arrival, Gathering
from serasi.start.world.receiving import receive
from serasi.start.world.staff import KEDOYA
from serasi.start.world.world import World

KEY: Final = "gelombang"
DAYS_AGO: Final = 3
HANDAYANI, ELDERS = "S-HANDAYANI", "DKI-PSTW-BM1"


@dataclass(frozen=True, slots=True, eq=False)
class _Comes:
    """Someone at the gate: what is seen and said, whom they came with, and where they went on to."""

    name: str
    sex: str
    age: int
    onward: str
    head: str = ""
    health: Health = Health.GREEN
    dangers: Sequence[Danger] = ()
    needs: Sequence[Need] = ()
    origin: str = ""
    belongings: str = ""
    note: str = ""
    was_here: bool = False


HOME, AWAY, HERE = "family", "home_region", "kedoya"
_IN_THE_HALL: Final[Sequence[_Comes]] = (
    _Comes("Sulastri Kembangturi", "P", 33, HOME, origin="Kampung Contoh Pulo", belongings="dua tas, kompor kecil"),
    _Comes("Bayu", "L", 9, HOME, head="Sulastri Kembangturi"),
    _Comes("Sekar", "P", 4, HOME, head="Sulastri Kembangturi", health=Health.YELLOW, note="demam sejak kemarin"),
    _Comes("Parno Gondosuli", "L", 41, HOME, origin="Kampung Contoh Pulo"),
    _Comes("Yuni Gondosuli", "P", 37, HOME, head="Parno Gondosuli", needs=[Need.PREGNANT]),
    _Comes("Galih", "L", 12, HOME, head="Parno Gondosuli"),
    _Comes("Intan", "P", 7, HOME, head="Parno Gondosuli"),
    _Comes("Mbah Rebo", "L", 74, ELDERS, needs=[Need.DISABLED], belongings="tongkat, sarung"),
    _Comes("Karyo Selasihan", "L", 48, HERE, origin="di bawah jalan layang"),
    _Comes("Wage Pujangkara", "L", 55, HERE, needs=[Need.MEDICINE], note="obat paru, sisa tiga hari"),
    _Comes("", "P", 45, HERE, belongings="karung botol", note="pernah di Kedoya", was_here=True),
    _Comes("", "L", 40, HERE, dangers=[Danger.AGITATED], health=Health.YELLOW, note="tidak mau menyebut nama"),
    _Comes("Lasmi Widuriningsih", "P", 29, HERE),
    _Comes("Slamet Pandanarang", "L", 36, HERE),
    _Comes("Dito", "L", 11, HANDAYANI, note="datang sendiri, mencari kakaknya", origin="Karawang"),
    _Comes("Jarwo Kalpataru", "L", 52, AWAY, origin="Brebes"),
    _Comes("Wartini Kalpataru", "P", 49, AWAY, head="Jarwo Kalpataru", origin="Brebes"),
    _Comes("Udin", "L", 23, OutcomeKind.LEFT),
)
_SECOND_PHONE: Final[Sequence[_Comes]] = (
    _Comes("Nurlaela Cempakasari", "P", 27, HOME, belongings="tas bayi"),
    _Comes("Rafa", "L", 1, HOME, head="Nurlaela Cempakasari"),
    _Comes("", "L", 45, HERE, health=Health.YELLOW, needs=[Need.INJURED], note="luka di betis", was_here=True),
    _Comes("Markonah Srigunting", "P", 58, HERE),
    _Comes("", "P", 70, ELDERS, needs=[Need.DISABLED], note="tidak mendengar"),
    _Comes("Bejo", "L", 45, OutcomeKind.HOSPITAL, health=Health.RED, needs=[Need.INJURED], note="kaki patah"),
    _Comes("Supri Angsanabaya", "L", 31, HERE),
    _Comes("Rina", "P", 19, OutcomeKind.POLICE, dangers=[Danger.TRAFFICKED], note="paspornya ditahan agen"),
    _Comes("Oman Kenangasari", "L", 44, AWAY, origin="Indramayu"),
    _Comes("Icih Kenangasari", "P", 40, AWAY, head="Oman Kenangasari", origin="Indramayu"),
    _Comes("Asep", "L", 15, AWAY, head="Oman Kenangasari", origin="Indramayu"),
    _Comes("Neng", "P", 10, AWAY, head="Oman Kenangasari", origin="Indramayu"),
    _Comes("Hasan Flamboyanta", "L", 38, HOME),
    _Comes("Ida Flamboyanta", "P", 35, HOME, head="Hasan Flamboyanta", health=Health.YELLOW, note="sesak"),
    _Comes("Zahra", "P", 6, HOME, head="Hasan Flamboyanta"),
    _Comes("Karyo", "L", 48, OutcomeKind.DUPLICATE, note="sudah tercatat di pintu timur"),
)
_TODAY: Final[Sequence[_Comes]] = (
    _Comes("Mardi", "L", 47, ""),
    _Comes("Sumi", "P", 39, "", needs=[Need.MEDICINE]),
    _Comes("Joko", "L", 62, "", health=Health.YELLOW, note="batuk lama"),
    _Comes("", "L", 30, "", dangers=[Danger.AGITATED]),
    _Comes("Tiara", "P", 8, "", note="tidak tahu di mana ibunya", origin="dari lampu merah Cengkareng"),
)


def a_wave(world: World, _begins: datetime) -> None:
    """The hall from opening to closing, then what came this morning."""
    _Wave(world).tell()


class _Wave:
    def __init__(self, world: World) -> None:
        self.world, self.desk = world, world.desks[KEDOYA]
        self.worker = self.desk.workers[0]
        self.dice = world.dice(KEY)

    def _id(self, at: datetime) -> UUID:
        return self.world.id(KEY, at)

    def tell(self) -> None:
        evening = self.world.past(DAYS_AGO, 18, 40)
        hall = self._open(self.world.person_id(KEY), GatheringKind.SHELTER, "GOR Cengkareng", evening, capacity=120)
        helper = self.world.users["dki.rekan"]
        shelters.join_gathering(code=hall.join_code, by=helper, at=evening)
        came = self._register(hall, _IN_THE_HALL, evening, by=self.worker)
        came |= self._register(hall, _SECOND_PHONE, evening + timedelta(minutes=2), by=helper)
        going_on = {one: arrival for one, arrival in came.items() if one.onward in {HERE, ELDERS, HANDAYANI}}
        self._recognise(hall, going_on, evening + timedelta(hours=14))
        afternoon = self.world.past(DAYS_AGO - 1, 14, 10)
        here = self._go_on(hall, came, afternoon)
        shelters.close_gathering(gathering=hall, by=self.desk.head, at=afternoon + timedelta(hours=2))
        self._admit([arrival.person for arrival in here if arrival.person], afternoon + timedelta(hours=3))
        morning = self.world.now - timedelta(hours=2)
        now = self._open(self._id(morning), GatheringKind.ROUND_UP, "Pos Dinas Sosial Kalideres", morning)
        self._register(now, _TODAY, morning, by=self.worker)

    def _open(
        self, id: UUID, kind: GatheringKind, place: str, at: datetime, *, capacity: int | None = None
    ) -> Gathering:
        return shelters.open_gathering(
            id=id, unit=self.desk.unit, kind=kind, place=place, capacity=capacity, by=self.desk.head, at=at
        )

    def _register(
        self, gathering: Gathering, coming: Sequence[_Comes], since: datetime, *, by: User
    ) -> dict[_Comes, Arrival]:
        """One after the other, with the numbers of one phone."""
        numbers = shelters.reserve_tags(id=self._id(since), gathering=gathering, by=by, at=since)
        tags: dict[str, int] = {}
        came: dict[_Comes, Arrival] = {}
        for number, one in enumerate(coming):
            at, tag = since + timedelta(minutes=5 + 3 * number), numbers.first + number
            tags[one.name] = tag
            came[one] = shelters.register_arrival(
                id=self._id(at),
                gathering=gathering,
                tag=tag,
                group_tag=tags[one.head] if one.head else None,
                name=one.name,
                sex=one.sex,
                age=one.age,
                origin=one.origin,
                health=one.health,
                dangers=one.dangers,
                needs=one.needs,
                belongings=one.belongings,
                note=one.note,
                arrived_at=at,
                by=by,
                at=at,
            )
        return came

    def _recognise(self, hall: Gathering, going_on: Mapping[_Comes, Arrival], at: datetime) -> None:
        """Two were here before, by their own word and their scars; the others are new to the register."""
        with self.world.looking():
            lives = Stay.objects.open().values("person")
            left = Stay.objects.filter(unit=hall.unit, period__endswith__isnull=False).exclude(person__in=lives)
            left = left.exclude(person__full_name="").filter(person__died_on=None, person__merged_into=None)
            known = list(left.select_related("person").order_by("-period__endswith", "tag")[:40])
        for number, (one, arrival) in enumerate(going_on.items()):
            moment = at + timedelta(minutes=4 * number)
            alike = (
                stay.person
                for stay in known
                if stay.person.sex == arrival.sex and abs((stay.person.age_on(at.date()) or 0) - arrival.age) < 14
            )
            again = next(alike, None) if one.was_here else None
            if again is not None:
                known = [stay for stay in known if stay.person_id != again.pk]
                shelters.match_arrival(arrival=arrival, person_id=again.pk, by=self.worker, at=moment)
            else:
                record = self.world.person_id(f"{KEY}:{arrival.tag}")
                shelters.register_person_of(person_id=record, arrival=arrival, by=self.worker, at=moment)

    def _go_on(self, hall: Gathering, came: dict[_Comes, Arrival], at: datetime) -> list[Arrival]:
        """Together, by where to; gives those who go to Kedoya."""
        units: dict[str, Unit] = {HERE: self.desk.unit} | {code: self.world.units[code] for code in (ELDERS, HANDAYANI)}
        groups: dict[str, list[Arrival]] = {}
        for one, arrival in came.items():
            groups.setdefault(one.onward, []).append(arrival)
        for number, (onward, arrivals) in enumerate(groups.items()):
            moment = at + timedelta(minutes=7 * number)
            shelters.account_for(
                batch=self._id(moment),
                gathering=hall,
                arrivals=arrivals,
                kind=OutcomeKind.PLACED if onward in units else OutcomeKind(onward),
                to_unit=units.get(onward),
                happened_at=moment,
                by=self.worker,
                at=moment,
            )
        return groups[HERE]

    def _admit(self, people: Sequence[Person], at: datetime) -> None:
        """Into beds that nobody has lain in since; who finds none lies on a mat."""
        unit = self.desk.unit
        with self.world.looking():
            later = DateTimeTZRange(at, None)
            since = Occupancy.objects.filter(unit=unit, bed__isnull=False, period__overlap=later)
            out = BedOutage.objects.of(unit).at(self.world.now)
            held = Reservation.objects.open().filter(unit=unit, bed__isnull=False)
            beds = list(
                Bed.objects.filter(room__ward__unit=unit)
                .exclude(pk__in=since.values("bed"))
                .exclude(pk__in=out.values("bed"))
                .exclude(pk__in=held.values("bed"))
                .select_related("room__ward")
                .order_by("room__ward__building__position", "room__ward__position", "room__position", "position")
            )
            rooms = list(
                Room.objects.filter(ward__unit=unit)
                .select_related("ward")
                .order_by("ward__building__position", "ward__position", "position")
            )
        arrivals = []
        for person in people:
            bed = next((one for one in beds if one.room.ward.sex in {"", person.sex}), None)
            if bed is not None:
                beds.remove(bed)
            arrivals.append(
                residence.Arrival(
                    id=self._id(at),
                    person=person,
                    room=bed.room if bed else next(one for one in rooms if one.ward.sex in {"", person.sex}),
                    bed=bed,
                    purpose="Penampungan sementara dan asesmen",
                    exit_plan="Pulang ke daerah asal atau panti sesuai jenisnya",
                    happened_at=at,
                    expected_end=at.date() + timedelta(days=21),
                    reason="Dari penampungan GOR Cengkareng",
                    overrides=("floor", "needs", "age"),
                    override_reason="Sementara, sampai asesmen selesai.",
                )
            )
        stays = residence.admit_many(unit=unit, arrivals=arrivals, by=self.worker, at=at)
        for stay in stays.values():
            if isinstance(stay, Refused):
                raise stay
            receive(self.world, stay, by=self.worker, at=at + timedelta(hours=1))

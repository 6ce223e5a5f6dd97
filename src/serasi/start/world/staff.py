"""Who works in the demonstration world: the sign-ins that others rely on, and their invented colleagues.

The administrator comes first; everything after is posted by the administrator, as in life.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from serasi.access.enums import Role
from serasi.access.models import Unit, User
from serasi.access.operations.postings import post
from serasi.access.operations.users import choose_password, create_user
from serasi.cases.models import Component, Stage, StageSet
from serasi.cases.operations.reference import set_practice
from serasi.start.naming import Names
from serasi.start.world.world import Desk, World

PASSWORD: Final = "serasi-demo"

SENTRA: Final = "ST-PANGUDI-LUHUR"
PSBR: Final = "DKI-PSBR-TJ1"
KEDOYA: Final = "DKI-PSBIBD1"
BUDI_MULIA: Final = "DKI-PSTW-BM1"
HARAPAN_SENTOSA: Final = "DKI-PSBL-HS1"
HARAPAN_SENTOSA_2: Final = "DKI-PSBL-HS2"
HARAPAN_SENTOSA_3: Final = "DKI-PSBL-HS3"
HARAPAN_SENTOSA_4: Final = "DKI-PSBL-HS4"
TUNAS_BANGSA: Final = "DKI-PSAA-BTB"
HANDAYANI: Final = "S-HANDAYANI"
KEPUTIH: Final = "SBY-KEPUTIH"
GRIYA_WREDA: Final = "SBY-GRIYA-WREDA"
DINSOS_SURABAYA: Final = "DINSOS-SURABAYA"
DINSOS_DKI: Final = "DINSOS-DKI"
SIDOARJO: Final = "JATIM-RSPMKS-SDA"
LKS: Final = "LKS-CONTOH-HARAPAN"
MINISTRY: Final = "KEMENSOS"


@dataclass(frozen=True, slots=True)
class Hand:
    """Someone who works: a short name for stories, a name, and what they do where. A sign-in has a password."""

    key: str
    name: str
    role: Role
    unit: str
    signs_in: bool = False


def _sign_in(key: str, name: str, role: Role, unit: str) -> Hand:
    return Hand(key, name, role, unit, signs_in=True)


HANDS: Final[tuple[Hand, ...]] = (
    _sign_in("peksos", "Ratih Kusumawardani", Role.SOCIAL_WORKER, SENTRA),
    _sign_in("rekan", "Yusuf Hidayatullah", Role.SOCIAL_WORKER, SENTRA),
    _sign_in("peksos.dki", "Maya Lestari Siregar", Role.SOCIAL_WORKER, PSBR),
    _sign_in("kepala", "Bambang Sudarmanto", Role.HEAD, SENTRA),
    _sign_in("psbr.kepala", "Slamet Raharjo", Role.HEAD, PSBR),
    _sign_in("keputih.kepala", "Hari Subagyo", Role.HEAD, KEPUTIH),
    _sign_in("keputih.pengasuh", "Zubaidah Rahmawati", Role.CARER, KEPUTIH),
    _sign_in("psikolog", "Dian Paramitha", Role.PSYCHOLOGIST, SENTRA),
    _sign_in("pendamping", "Asep Nurjaman", Role.FIELD_ASSISTANT, SENTRA),
    _sign_in("pengasuh", "Tuti Rohayati", Role.CARER, SENTRA),
    _sign_in("instruktur", "Hendrik Manalu", Role.INSTRUCTOR, SENTRA),
    _sign_in("dinsos", "Nur Aini Batubara", Role.DINAS_OFFICER, DINSOS_DKI),
    _sign_in("kemensos", "Agung Wicaksono", Role.MINISTRY_OFFICER, MINISTRY),
    _sign_in("lks", "Maria Goreti Lamak", Role.LKS_WORKER, LKS),
    _sign_in("mitra", "Felix Tanujaya", Role.PARTNER, SENTRA),
    _sign_in("mahasiswa", "Salsabila Putri Anjani", Role.STUDENT, SENTRA),
    _sign_in("warga", "Rizki Ramadani", Role.RESIDENT, SENTRA),
    Hand("supervisor", "Endah Setyowati", Role.SUPERVISOR, SENTRA),
    Hand("wulan", "Wulan Tri Astuti", Role.SOCIAL_WORKER, SENTRA),
    Hand("gunawan", "Gunawan Prasetya", Role.SOCIAL_WORKER, SENTRA),
    Hand("sri", "Sri Haryani", Role.CARER, SENTRA),
    Hand("dki.supervisor", "Rosmala Dewi Harahap", Role.SUPERVISOR, PSBR),
    Hand("dki.rekan", "Fitri Handayani", Role.SOCIAL_WORKER, PSBR),
    Hand("dki.psikolog", "Bima Anggara", Role.PSYCHOLOGIST, PSBR),
    Hand("dki.instruktur", "Suparno", Role.INSTRUCTOR, PSBR),
    Hand("kedoya.peksos", "Nanang Supriyatna", Role.SOCIAL_WORKER, KEDOYA),
    Hand("kedoya.supervisor", "Lilis Karlina", Role.SUPERVISOR, KEDOYA),
    Hand("kedoya.kepala", "Ahmad Syafii", Role.HEAD, KEDOYA),
    Hand("kedoya.psikolog", "Grace Hutapea", Role.PSYCHOLOGIST, KEDOYA),
    Hand("bm.peksos", "Sulistyowati", Role.SOCIAL_WORKER, BUDI_MULIA),
    Hand("bm.supervisor", "Joko Widagdo", Role.SUPERVISOR, BUDI_MULIA),
    Hand("bm.kepala", "Tri Wahyuningsih", Role.HEAD, BUDI_MULIA),
    Hand("bm.psikolog", "Ayu Larasati", Role.PSYCHOLOGIST, BUDI_MULIA),
    Hand("hs.peksos", "Imam Fauzi", Role.SOCIAL_WORKER, HARAPAN_SENTOSA),
    Hand("hs.supervisor", "Christina Situmeang", Role.SUPERVISOR, HARAPAN_SENTOSA),
    Hand("hs.kepala", "Bagyo Susilo", Role.HEAD, HARAPAN_SENTOSA),
    Hand("hs.psikolog", "Anindita Rahma", Role.PSYCHOLOGIST, HARAPAN_SENTOSA),
    Hand("hs2.peksos", "Wahid Nurdiansyah", Role.SOCIAL_WORKER, HARAPAN_SENTOSA_2),
    Hand("hs2.supervisor", "Sondang Napitupulu", Role.SUPERVISOR, HARAPAN_SENTOSA_2),
    Hand("hs2.kepala", "Tatang Suherman", Role.HEAD, HARAPAN_SENTOSA_2),
    Hand("hs3.peksos", "Nining Suryaningsih", Role.SOCIAL_WORKER, HARAPAN_SENTOSA_3),
    Hand("hs3.supervisor", "Robertus Wuwur", Role.SUPERVISOR, HARAPAN_SENTOSA_3),
    Hand("hs3.kepala", "Farida Aryani", Role.HEAD, HARAPAN_SENTOSA_3),
    Hand("hs4.peksos", "Ikhsan Mubarok", Role.SOCIAL_WORKER, HARAPAN_SENTOSA_4),
    Hand("hs4.supervisor", "Yustina Keban", Role.SUPERVISOR, HARAPAN_SENTOSA_4),
    Hand("hs4.kepala", "Rachmat Hidayat", Role.HEAD, HARAPAN_SENTOSA_4),
    Hand("btb.peksos", "Neneng Komariah", Role.SOCIAL_WORKER, TUNAS_BANGSA),
    Hand("btb.supervisor", "Hesti Purwaningsih", Role.SUPERVISOR, TUNAS_BANGSA),
    Hand("btb.kepala", "Dedi Kusnaedi", Role.HEAD, TUNAS_BANGSA),
    Hand("btb.psikolog", "Karina Salim", Role.PSYCHOLOGIST, TUNAS_BANGSA),
    Hand("handayani.peksos", "Teguh Imantoro", Role.SOCIAL_WORKER, HANDAYANI),
    Hand("handayani.supervisor", "Yuliana Marbun", Role.SUPERVISOR, HANDAYANI),
    Hand("handayani.kepala", "Sutarso", Role.HEAD, HANDAYANI),
    Hand("handayani.psikolog", "Rara Ayuningtyas", Role.PSYCHOLOGIST, HANDAYANI),
    Hand("keputih.peksos", "Cahyo Utomo", Role.SOCIAL_WORKER, KEPUTIH),
    Hand("keputih.supervisor", "Siti Mutmainah", Role.SUPERVISOR, KEPUTIH),
    Hand("keputih.psikolog", "Nadia Kurniasari", Role.PSYCHOLOGIST, KEPUTIH),
    Hand("wreda.peksos", "Lestari Budi Utami", Role.SOCIAL_WORKER, GRIYA_WREDA),
    Hand("wreda.supervisor", "Mochamad Arifin", Role.SUPERVISOR, GRIYA_WREDA),
    Hand("wreda.kepala", "Retno Palupi", Role.HEAD, GRIYA_WREDA),
    Hand("wreda.psikolog", "Eka Fitriani", Role.PSYCHOLOGIST, GRIYA_WREDA),
    Hand("surabaya.peksos", "Dewi Ratnasari", Role.SOCIAL_WORKER, DINSOS_SURABAYA),
    Hand("surabaya.supervisor", "Achmad Zaini", Role.SUPERVISOR, DINSOS_SURABAYA),
    Hand("surabaya.kepala", "Anna Maria Soetomo", Role.HEAD, DINSOS_SURABAYA),
    Hand("surabaya.psikolog", "Vina Oktaviani", Role.PSYCHOLOGIST, DINSOS_SURABAYA),
    Hand("sidoarjo.peksos", "Kholilur Rohman", Role.SOCIAL_WORKER, SIDOARJO),
    Hand("sidoarjo.supervisor", "Umi Kulsum", Role.SUPERVISOR, SIDOARJO),
    Hand("sidoarjo.kepala", "Edy Purnomo", Role.HEAD, SIDOARJO),
    Hand("sidoarjo.psikolog", "Mega Puspita", Role.PSYCHOLOGIST, SIDOARJO),
    Hand("lks.supervisor", "Paulus Seran", Role.SUPERVISOR, LKS),
    Hand("lks.kepala", "Kristina Wati", Role.HEAD, LKS),
    Hand("lks.psikolog", "Ningsih Amelia", Role.PSYCHOLOGIST, LKS),
    Hand("dki.kadis", "Zulkifli Rangkuti", Role.HEAD, DINSOS_DKI),
    Hand("dki.dinsos.supervisor", "Ika Damayanti", Role.SUPERVISOR, DINSOS_DKI),
)

DKI_STAGES: Final = frozenset({PSBR, KEDOYA, BUDI_MULIA, HARAPAN_SENTOSA, TUNAS_BANGSA, DINSOS_DKI}) | {
    HARAPAN_SENTOSA_2,
    HARAPAN_SENTOSA_3,
    HARAPAN_SENTOSA_4,
}
"""Units that walk the stages of DKI; the others walk those of the ministry."""


def settle_staff(*, seed: int, now: datetime) -> World:
    """Make accounts and postings, say how each unit works, and return the world that stories start from.

    Safe to repeat: who is there already is left as they are.
    """
    system = User.objects.system()
    since = (now - timedelta(days=365 * 3)).date()
    wanted = {"admin", *(hand.key for hand in HANDS)}
    users = {user.email.removesuffix("@demo"): user for user in User.objects.filter(email__endswith="@demo")}
    units = {unit.code: unit for unit in Unit.objects.all()}
    world = World(seed=seed, now=now, users=users, desks={}, units=units, names=Names(seed, tail=0))
    if wanted - set(users):
        admin = _settle(world, _sign_in("admin", "Lukman Hakim Nasution", Role.ADMINISTRATOR, MINISTRY), system, since)
        for hand in HANDS:
            _settle(world, hand, admin, since)
        _settle_practices(world, admin)
    world.stages = {stage.code: stage for stage in Stage.objects.select_related("stage_set")}
    world.components = {component.code: component for component in Component.objects.all()}
    world.desks = {code: _desk(world, code) for code in dict.fromkeys(hand.unit for hand in HANDS) if code != MINISTRY}
    return world


def _settle(world: World, hand: Hand, by: User, since: object) -> User:
    user = world.users.get(hand.key)
    if user is not None:
        return user
    email = f"{hand.key}@demo"
    user = create_user(id=world.person_id(f"user:{hand.key}"), email=email, full_name=hand.name, by=by, at=world.now)
    if hand.signs_in:
        choose_password(user=user, password=PASSWORD, by=User.objects.system(), at=world.now)
    post(
        id=world.person_id(f"posting:{hand.key}"),
        user=user,
        role=hand.role,
        unit=world.units[hand.unit],
        starts_on=since,  # type: ignore[arg-type]
        last_day=None,
        by=by,
        at=world.now,
    )
    world.users[hand.key] = user
    return user


def _settle_practices(world: World, admin: User) -> None:
    sets = {stage_set.code: stage_set for stage_set in StageSet.objects.all()}
    every = [component.code for component in Component.objects.all()]
    for code in dict.fromkeys(hand.unit for hand in HANDS):
        if code != MINISTRY:
            set_practice(
                id=world.person_id(f"practice:{code}"),
                unit=world.units[code],
                stage_set=sets["dki" if code in DKI_STAGES else "atensi_nasional"],
                components=every,
                by=admin,
                at=world.now,
            )


def _desk(world: World, code: str) -> Desk:
    def hold(*roles: Role) -> tuple[User, ...]:
        return tuple(world.users[h.key] for h in HANDS if h.unit == code and h.role in roles)

    psychologists = hold(Role.PSYCHOLOGIST)
    return Desk(
        unit=world.units[code],
        workers=hold(Role.SOCIAL_WORKER, Role.LKS_WORKER) or hold(Role.DINAS_OFFICER),
        supervisor=hold(Role.SUPERVISOR)[0],
        head=hold(Role.HEAD)[0],
        psychologist=psychologists[0] if psychologists else hold(Role.SUPERVISOR)[0],
        carers=hold(Role.CARER),
        instructors=hold(Role.INSTRUCTOR),
        assistants=hold(Role.FIELD_ASSISTANT),
    )

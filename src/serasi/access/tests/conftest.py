"""The people of these tests: a head and a colleague at one panti, an outsider elsewhere, an administrator above."""

from dataclasses import dataclass

import pytest
from django.conf import settings

from serasi.access.enums import Role, UnitKind
from serasi.access.models import Unit, User
from serasi.access.tests.factories import make_staff, make_unit


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """The folder of collected files; the middleware that serves it warns when it is not there."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True)
class World:
    ministry: Unit
    province: Unit
    panti: Unit
    annex: Unit
    elsewhere: Unit
    administrator: User
    head: User
    owner: User
    colleague: User
    outsider: User


@pytest.fixture
def world(db: None) -> World:
    ministry = make_unit(code="PUSAT")
    province = make_unit(ministry, code="PROV", kind=UnitKind.PROVINCE)
    panti = make_unit(province, code="PANTI")
    elsewhere = make_unit(province, code="LAIN")
    return World(
        ministry=ministry,
        province=province,
        panti=panti,
        annex=make_unit(panti, code="CABANG"),
        elsewhere=elsewhere,
        administrator=make_staff(Role.ADMINISTRATOR, ministry, "Adi Administrator"),
        head=make_staff(Role.HEAD, panti, "Kartika Kepala"),
        owner=make_staff(Role.SOCIAL_WORKER, panti, "Peni Pekerja"),
        colleague=make_staff(Role.SOCIAL_WORKER, panti, "Rahmat Rekan"),
        outsider=make_staff(Role.HEAD, elsewhere, "Lukman Luar"),
    )

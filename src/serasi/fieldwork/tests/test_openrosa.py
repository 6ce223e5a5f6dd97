"""The protocol, rule by rule, as a client checks it."""

import base64
import csv
import hashlib
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from serasi.access.tests.pages import counted
from serasi.assessments import operations as assessing
from serasi.assessments.models import Edition
from serasi.assessments.tests import factories as instruments
from serasi.cases.tests.factories import World, make_case, make_person, now
from serasi.fieldwork import operations
from serasi.fieldwork.queries.caseload import COLUMNS
from serasi.fieldwork.tests.factories import phone_of, said
from serasi.surveys.tests import factories as surveys
from serasi.xforms.form import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world: World) -> Edition:
    return instruments.published(world.panti, world.head)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_every_answer_has_the_headers_of_the_protocol(world: World) -> None:
    phone = phone_of(world.owner)

    for response in (
        phone.get("formList"),
        phone.client.head(phone.at("submission")),
        phone.get("form/tidak_ada/1"),
        Client().get("/openrosa/formList"),
        Client().get("/openrosa/k/salah/formList"),
        phone.client.post(phone.at("submission"), b"", content_type="text/plain"),
    ):
        assert response["X-OpenRosa-Version"] == "1.0"
        assert response["X-OpenRosa-Accept-Content-Length"] == "20971520"
        assert response["Date"].endswith("GMT")
        assert response.status_code == 204 or response["Content-Type"] == "text/xml; charset=utf-8"


def test_a_key_that_opens_nothing_is_forbidden_and_no_key_asks_for_one(world: World) -> None:
    phone = phone_of(world.owner)
    basic = base64.b64encode(f"{world.owner.email.upper()}:{phone.token}".encode()).decode()
    another = base64.b64encode(f"{world.head.email}:{phone.token}".encode()).decode()

    assert said(Client().get("/openrosa/k/salah/formList"))[0] == 403
    asked = Client().get("/openrosa/formList")
    assert (asked.status_code, asked["WWW-Authenticate"]) == (401, 'Basic realm="Serasi", charset="UTF-8"')
    assert Client().get("/openrosa/formList", headers={"Authorization": f"Basic {basic}"}).status_code == 200
    assert Client().get("/openrosa/formList", headers={"Authorization": f"Basic {another}"}).status_code == 401
    assert Client().get("/openrosa/formList", headers={"Authorization": "Basic !!"}).status_code == 401


def test_a_list_by_basic_sign_in_leads_to_addresses_without_a_key(world: World) -> None:
    phone = phone_of(world.owner)
    basic = base64.b64encode(f"{world.owner.email}:{phone.token}".encode()).decode()

    response = Client().get("/openrosa/formList?deviceID=uuid%3A1", headers={"Authorization": f"Basic {basic}"})

    assert b"/openrosa/form/serasi_temuan/1" in response.content
    assert b"/openrosa/k/" not in response.content


def test_the_list_names_forms_whose_hash_is_that_of_the_bytes_served(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner)

    forms = phone.forms()

    assert set(forms) == {"uji_sejahtera", "serasi_temuan", "serasi_perubahan"}
    for form in forms.values():
        served = phone.get(form["downloadUrl"])
        assert form["downloadUrl"].startswith("http://testserver/openrosa/k/")
        assert form["hash"] == f"md5:{hashlib.md5(served.content).hexdigest()}"  # noqa: S324
        again = phone.get(form["downloadUrl"], **{"If-None-Match": served["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert set(phone.forms("?formID=serasi_temuan&verbose=true&listAllVersions=true")) == {"serasi_temuan"}


def test_a_form_about_a_person_asks_first_whose_case_it_is(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner)

    form = Form.parse(phone.get(phone.forms()["uji_sejahtera"]["downloadUrl"]).content)

    assert next(iter(form.controls)) == "/data/kasus"
    assert form.fields["/data"].children[0] == "/data/kasus"
    assert form.secondary["klien"].source == "jr://file-csv/klien.csv"


def test_who_may_not_fill_a_form_does_not_get_it(world: World, edition: Edition) -> None:
    other, officer = (phone_of(one) for one in (world.outsider, world.officer))

    assert set(other.forms()) == {"serasi_temuan", "serasi_perubahan"}
    assert set(officer.forms()) == {"serasi_temuan"}
    assert officer.get("form/uji_sejahtera/1").status_code == 403
    assert other.get("form/uji_sejahtera/1").status_code == 404


def test_a_closed_edition_vanishes_from_the_list(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner)
    assessing.close_edition(edition=edition, by=world.head, at=now())

    assert set(phone.forms()) == {"serasi_temuan", "serasi_perubahan"}


def test_only_the_newest_edition_is_listed_and_the_older_one_is_still_served(world: World, edition: Edition) -> None:
    instruments.published(world.panti, world.head, "2")
    phone = phone_of(world.owner)

    assert phone.forms()["uji_sejahtera"]["version"] == "2"
    assert phone.get("form/uji_sejahtera/1").status_code == 200
    assert phone.get("form/uji_sejahtera/3").status_code == 404


def test_the_manifest_names_the_caseload_as_a_list_of_entities(world: World, edition: Edition) -> None:
    make_case(world, person=make_person(world, "Siti Aminah", sex="P", phone="0812345678", nickname="Iti"))
    phone = phone_of(world.owner)

    listed = phone.media("uji_sejahtera")["klien.csv"]
    served = phone.get(listed["downloadUrl"])

    assert listed["type"] == "entityList"
    assert listed["hash"] == f"md5:{hashlib.md5(served.content).hexdigest()}"  # noqa: S324
    assert listed["integrityUrl"].endswith("/integrity")
    assert phone.get(listed["downloadUrl"], **{"If-None-Match": f"W/{served['ETag']}"}).status_code == 304
    [row] = rows_of(served.content)
    assert tuple(row) == COLUMNS
    assert (row["telepon"], row["panggilan"], row["jenis_kelamin"], row["__version"]) == ("0812345678", "Iti", "P", "1")
    assert row["label"].startswith("Siti Aminah · ")
    assert "manifestUrl" not in phone.forms()["serasi_temuan"]
    assert phone.get("media/uji_sejahtera/1/lain.csv").status_code == 404


def test_the_caseload_is_ones_own_open_cases_without_what_is_sealed(world: World, edition: Edition) -> None:
    mine = make_case(world, person=make_person(world, "Budi Terbuka"))
    make_case(world, by=world.colleague, person=make_person(world, "Joko Rekan"))
    make_case(world, person=make_person(world, "Rahasia Sekali"), confidentiality="sealed")
    child = make_case(
        world,
        person=make_person(world, "Anak Perkara", phone="0812999", birth_year_from=2012, birth_year_to=2012),
        confidentiality="sppa",
    )
    phone = phone_of(world.owner)

    rows = {row["name"]: row for row in rows_of(phone.get("media/uji_sejahtera/1/klien.csv").content)}

    assert set(rows) == {str(mine.pk), str(child.pk)}
    assert rows[str(child.pk)]["label"].startswith("A. P. · ")
    assert (rows[str(child.pk)]["telepon"], rows[str(child.pk)]["alamat"]) == ("", "")
    assert rows_of(phone_of(world.head).get("media/serasi_perubahan/1/klien.csv").content) == []


def test_the_mark_of_the_list_changes_with_the_caseload(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner)
    before = phone.media("uji_sejahtera")["klien.csv"]["hash"]

    make_case(world)

    assert phone.media("uji_sejahtera")["klien.csv"]["hash"] != before


def test_a_device_is_told_which_cases_it_has_to_forget(world: World) -> None:
    mine, theirs = make_case(world), make_case(world, by=world.colleague)
    phone = phone_of(world.owner)

    answer = etree.fromstring(phone.get(f"integrity?id={mine.pk},{theirs.pk},%3Cb%3E").content)

    told = {one.get("id"): one.findtext("deleted") for one in answer.iter("entity")}
    assert told == {str(mine.pk): "false", str(theirs.pk): "true", "?": "true"}


def test_a_survey_is_served_under_its_own_name(world: World) -> None:
    asking = surveys.enumerator(world, "Tono Pewawancara")
    survey = surveys.running(world, asking)
    phone = phone_of(asking)

    listed = phone.forms()[f"survei-{survey.pk}"]
    form = Form.parse(phone.get(listed["downloadUrl"]).content)

    assert (listed["name"], form.id, form.title) == (survey.name, f"survei-{survey.pk}", survey.name)
    assert "/data/kasus" not in form.fields
    assert f"survei-{survey.pk}" not in phone_of(world.outsider).forms()
    assert phone_of(world.outsider).get(f"form/survei-{survey.pk}/1").status_code == 404


def test_the_head_of_a_sending_is_answered_with_exactly_204(world: World) -> None:
    phone = phone_of(world.owner)

    assert phone.client.head(phone.at("submission")).status_code == 204
    assert phone.get("submission?deviceID=x").status_code == 204
    assert said(phone.client.put(phone.at("submission")))[0] == 405
    assert Client().head("/openrosa/k/salah/submission").status_code == 403


def test_a_device_that_was_ended_gets_no_forms(world: World) -> None:
    phone = phone_of(world.owner)
    operations.close_device(device=phone.device, by=world.owner, at=now())

    assert said(phone.get("formList")) == (403, "Perangkat ini sudah diakhiri, atau penugasan Anda sudah selesai.")
    assert phone.client.head(phone.at("submission")).status_code == 204


def test_the_lists_cost_the_same_with_one_case_and_with_three(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner)

    def cost(way: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert phone.get(way).status_code == 200
        return counted(asked)

    make_case(world)
    for way in ("formList", "form/uji_sejahtera/1", "media/uji_sejahtera/1/klien.csv"):
        phone.get(way)  # a process reads a form once
    one = (cost("formList"), cost("manifest/uji_sejahtera/1"), cost("media/uji_sejahtera/1/klien.csv"))
    make_case(world)
    make_case(world)
    three = (cost("formList"), cost("manifest/uji_sejahtera/1"), cost("media/uji_sejahtera/1/klien.csv"))

    assert one == three
    assert max(one) <= 15

"""Phones as they come to the door: forms and sendings through the protocol, everything else through the operations."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from PIL import Image

from serasi.access.models import User
from serasi.assessments.models import Edition
from serasi.assessments.queries.forms import form_of
from serasi.cases.models import Case
from serasi.cases.reference import danger_screen
from serasi.cases.tests.factories import now
from serasi.common.identifiers import uuid7
from serasi.fieldwork import operations, shipped
from serasi.fieldwork.enums import DeviceKind, Purpose
from serasi.fieldwork.models import Device
from serasi.fieldwork.queries.served import OF_SURVEY
from serasi.surveys.models import Survey
from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from serasi.xforms.safe_xml import child_elements, local_name

ENVELOPE = "{http://openrosa.org/http/response}"


def _facts(element: etree._Element) -> dict[str, str]:
    return {local_name(one): one.text or "" for one in child_elements(element)}


@dataclass
class Phone:
    """ODK Collect on somebody's phone, after the code was scanned."""

    device: Device
    token: str
    client: Client = field(default_factory=Client)

    def at(self, way: str) -> str:
        return f"/openrosa/k/{self.token}/{way}"

    def get(self, way: str, **headers: str) -> Any:
        return self.client.get(way if way.startswith("http") else self.at(way), headers=headers)

    def forms(self, query: str = "") -> dict[str, dict[str, str]]:
        """What the list says of each form."""
        response = self.get(f"formList{query}")
        assert response.status_code == 200, response.content
        rows = [_facts(xform) for xform in etree.fromstring(response.content)]
        return {row["formID"]: row for row in rows}

    def media(self, form_id: str) -> dict[str, dict[str, str]]:
        """What the manifest of a form says of each file."""
        root = etree.fromstring(self.get(self.forms()[form_id]["manifestUrl"]).content)
        rows = [_facts(file) | {"type": file.get("type", "")} for file in root]
        return {row["filename"]: row for row in rows}

    def send(self, xml: bytes, files: Mapping[str, bytes] | None = None, *, incomplete: bool = False) -> Any:
        data: dict[str, Any] = {"xml_submission_file": SimpleUploadedFile("isian.xml", xml, "text/xml")}
        for name, content in (files or {}).items():
            data[name] = SimpleUploadedFile(name, content, "application/octet-stream")
        if incomplete:
            data["*isIncomplete*"] = "yes"
        return self.client.post(self.at("submission"), data)


def phone_of(user: User, *, kind: str = DeviceKind.COLLECT, name: str = "Ponsel lapangan") -> Phone:
    return Phone(*operations.open_device(id=uuid7(), kind=kind, name=name, by=user.refresh_scope(), at=now()))


def said(response: Any) -> tuple[int, str]:
    """The answer to a sending: its status, and the sentence for whoever holds the phone."""
    message = etree.fromstring(response.content).find(f"{ENVELOPE}message")
    assert message is not None
    return response.status_code, message.text or ""


def filled(
    case: Case | UUID | str,
    edition: Edition,
    answers: Mapping[str, str],
    *,
    id: UUID | None = None,
    replaces: UUID | None = None,
) -> bytes:
    """A form about a person as a phone sends it."""
    named = case.pk if isinstance(case, Case) else case
    return about(str(named), compose(form_of(edition.pk), answers, instance_id=id or uuid7(), deprecated_id=replaces))


def about(case: str, instance: bytes) -> bytes:
    root = etree.fromstring(instance)
    asked = etree.Element(f"{{{etree.QName(root).namespace}}}kasus" if etree.QName(root).namespace else "kasus")
    asked.text = case
    root.insert(0, asked)
    return etree.tostring(root)


def interviewed(
    survey: Survey, answers: Mapping[str, str], *, id: UUID | None = None, started_at: datetime | None = None
) -> bytes:
    """The form of a survey as a phone sends it."""
    form = form_of(survey.edition_id)
    root = etree.fromstring(compose(form, answers, instance_id=id or uuid7(), started_at=started_at or now()))
    root.set("id", f"{OF_SURVEY}{survey.pk}")
    return etree.tostring(root)


def own_form(purpose: Purpose) -> Form:
    return shipped.shipped_form(shipped.FORM_OF[purpose], shipped.NEWEST[purpose])


CALM: Final = {f"/data/bahaya/{question.code}": "no" for question in danger_screen()}
STREET: Final = {
    **CALM,
    "/data/siapa/ciri": "Baju merah",
    "/data/siapa/jk": "L",
    "/data/siapa/umur": "63",
    "/data/keadaan/terlihat": "gelandangan luka",
    "/data/keadaan/uraian": "Kaki kirinya bengkak.",
    "/data/tempat/alamat": "Kolong jembatan Kampung Melayu",
    "/data/tempat/titik": "-6.2246 106.8672 12.0 5.0",
    "/data/keluarga/bersama": "tidak",
}


def found(answers: Mapping[str, str], *, id: UUID | None = None) -> bytes:
    """Somebody found, as a phone sends it; upon what is usually answered."""
    told = {**STREET, **answers}
    return compose(own_form(Purpose.FOUND), told, instance_id=id or uuid7(), started_at=now())


def changed(
    case: Case,
    answers: Mapping[str, str],
    *,
    base: Mapping[str, str] | None = None,
    id: UUID | None = None,
    typed_at: datetime | None = None,
) -> bytes:
    """What changed about a client, as a phone sends it: ``base`` is what its list said."""
    told = {f"/data/{name}": value for name, value in answers.items()} | {"/data/kasus": str(case.pk)}
    root = etree.fromstring(
        compose(own_form(Purpose.CHANGE), told, instance_id=id or uuid7(), started_at=typed_at or now())
    )
    for name, value in (base or {}).items():
        calculated = root.find(f"{{*}}{name}_dasar")
        assert calculated is not None
        calculated.text = value
    return etree.tostring(root)


def photo(color: tuple[int, int, int] = (11, 90, 117)) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(drawn, "JPEG")
    return drawn.getvalue()

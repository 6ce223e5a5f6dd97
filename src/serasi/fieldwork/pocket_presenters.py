"""What a phone carries, as its page reads it: plain facts and words, no markup but that of ordinary forms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.forms.renderers import get_default_renderer
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.access.models import User
from serasi.assessments.enums import Rater
from serasi.assessments.models import Score
from serasi.assessments.raters import may_fill
from serasi.cases.enums import AreaTag
from serasi.cases.models.part import readable_tags
from serasi.cases.registry import FieldForm
from serasi.fieldwork.enums import Purpose
from serasi.fieldwork.queries.caseload import caseload_csv
from serasi.fieldwork.queries.pocket import Client, Due, Pocket
from serasi.fieldwork.queries.served import Served
from serasi.people.enums import Sex
from serasi.people.reference import clusters

LONGEST_NOTE = 1_500
"""Letters; a longer one is read at a desk."""


def pocket_facts(pocket: Pocket, reader: User) -> dict[str, Any]:
    """The whole of it."""
    names = {entry.code: str(entry) for entry in clusters()}
    return {
        "total": pocket.total,
        "cases": [_client(one, pocket.errands, names) for one in pocket.clients],
        "errands": {errand.kind: _errand(errand, reader) for errand in pocket.errands},
        "forms": [_form(served, reader) for served in pocket.forms],
        "standing": [_standing(served) for served in pocket.forms if not served.asks_for_case],
        "klien": caseload_csv([one.known for one in pocket.clients]).decode(),
    }


def form_key(served: Served) -> str:
    """By what a phone knows a form: its name and version, as its instances say them."""
    return f"{served.form_id} {served.version}"


def _client(client: Client, errands: tuple[FieldForm, ...], names: Mapping[str, str]) -> dict[str, Any]:
    known, case = client.known, client.case
    return {
        "id": str(known.case_id),
        "number": known.number,
        "name": known.shown_name,
        "years": known.age,
        "age": ngettext("%d tahun", "%d tahun", known.age) % known.age if known.age is not None else "",
        "sex": str(Sex(known.sex).label),
        "kinds": list(client.kinds),
        "cluster": names.get(case.cluster, case.cluster),
        "cluster_code": case.cluster,
        "area": known.village,
        "address": known.address,
        "phone": known.phone,
        "manager": case.manager_name or "",
        "next_on": case.next_on.isoformat() if case.next_on else "",
        "errands": [
            {"kind": one.kind, "address": _address(one, client, None)}
            for one in errands
            if case.is_open and not one.due
        ],
        "due": [_due(one, client, errands) for one in client.due],
        "notes": [
            {
                "kind": str(note.get_kind_display()),
                "at": note.happened_at.isoformat(),
                "by": str(note.written_by),
                "text": note.text if len(note.text) <= LONGEST_NOTE else f"{note.text[:LONGEST_NOTE]} […]",
            }
            for note in client.notes
        ],
        "scores": [_score(score) for score in client.scores],
        "agreed": {
            "promises": client.promises,
            "goals": [{"statement": goal.statement, "day": goal.target_date.isoformat()} for goal in client.goals],
        },
    }


def _due(due: Due, client: Client, errands: tuple[FieldForm, ...]) -> dict[str, Any]:
    text = "" if client.is_guarded and not due.source.title else due.text
    errand = next((one for one in errands if one.due == due.source.kind), None)
    return {
        "label": str(due.source.label),
        "text": str(due.source.title(text)) if due.source.title and text else text,
        "day": due.day.isoformat() if due.day else "",
        "errand": {"kind": errand.kind, "address": _address(errand, client, due)} if errand else None,
    }


def _address(errand: FieldForm, client: Client, due: Due | None) -> str:
    ids = {"case": client.known.case_id, "record": due.record_id if due else None}
    return reverse(errand.url_name, args=[ids[name] for name in errand.takes])


def _score(score: Score) -> dict[str, str]:
    value, highest = (_number(one) for one in (score.value or Decimal(0), score.scale.highest))
    return {
        "title": score.assessment.edition.title,
        "scale": score.scale.title,
        "value": _("%(value)s dari %(highest)s") % {"value": value, "highest": highest},
        "band": score.band.title if score.band else "",
        "on": score.assessment.assessed_on.isoformat(),
    }


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _errand(errand: FieldForm, reader: User) -> dict[str, Any]:
    form = errand.form(reader)
    if form.with_id:
        form.initial["id"] = ""  # the phone chooses it, each time; so that the pocket reads the same until it changes
    return {
        "title": str(errand.title),
        "button": _("Simpan di ponsel ini"),
        "html": get_default_renderer().render("common/forms/form.html", form.get_context()),
        "now": list(errand.now),
        "needed": [name for name, field in form.fields.items() if field.required],
    }


def _form(served: Served, reader: User) -> dict[str, Any]:
    edition = served.edition
    return {
        "id": form_key(served),
        "url": reverse("fieldwork:pocket_form", args=[served.form_id, served.version]),
        "md5": edition.md5 if edition else served.md5,
        "title": served.title,
        "purpose": served.purpose,
        "youngest": edition.youngest if edition else None,
        "oldest": edition.oldest if edition else None,
        "clusters": list(edition.clusters) if edition else [],
        "sections": [_section(reader, section) for section in edition.sections] if edition else [],
    }


def _section(reader: User, section: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a form: who fills it, and whether this reader does. A phone has nobody else's answers to keep back."""
    may_write = set(section["tags"]) <= set(readable_tags(reader)) and may_fill(reader, section["raters"])
    raters = [str(Rater(rater).label) for rater in section["raters"]]
    who = raters or [str(AreaTag(tag).label) for tag in section["tags"]]
    return {"name": section["name"], "may_read": True, "may_write": may_write, "who": ", ".join(who)}


def _standing(served: Served) -> dict[str, Any]:
    about = _("Laporan baru; unit Anda yang menindaklanjuti.") if served.purpose is Purpose.FOUND else _("Survei")
    return {"form": form_key(served), "title": served.title, "about": about}

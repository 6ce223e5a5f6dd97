"""Forms as devices get them: which ones somebody may fill today, their bytes, and the files that go with them.

A form about a person begins with one question that its author did not write: ``kasus``, chosen from the caseload of
whoever holds the device. The form of a survey is served under a name of its own, so that two surveys may ask with the
same form.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from lxml import etree

from serasi.access.models import User
from serasi.assessments.enums import Kind, Mode, Rater
from serasi.assessments.models import Edition, EditionForm
from serasi.assessments.permissions import FILL
from serasi.assessments.queries import MadeMedium, Medium, form_of
from serasi.assessments.queries import media_of as places_for
from serasi.assessments.raters import may_fill
from serasi.cases.models.part import readable_tags
from serasi.cases.permissions import OPEN_CASE_FILE, RECEIVE_REPORT
from serasi.fieldwork import shipped
from serasi.fieldwork.enums import Purpose
from serasi.fieldwork.queries.caseload import caseload_csv, caseload_of
from serasi.people.permissions import EDIT
from serasi.surveys.models import Survey
from serasi.surveys.permissions import INTERVIEW
from serasi.surveys.queries import surveys_of
from serasi.xforms.form import Form
from serasi.xforms.safe_xml import local_name, parse

KASUS: Final = "kasus"
CASELOAD: Final = "klien.csv"
OF_SURVEY: Final = "survei-"
"""How the name begins under which the form of a survey is served; the id of the survey follows."""
XFORMS: Final = "http://www.w3.org/2002/xforms"
XHTML: Final = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Served:
    """A form as it is served, and what its answers become."""

    purpose: Purpose
    form_id: str
    version: str
    title: str
    edition: Edition | None = None
    survey: Survey | None = None

    @property
    def xml(self) -> bytes:
        """The bytes (1 query for a form that this process has not read yet)."""
        if self.edition is None:
            return shipped.xform_of(self.form_id, self.version) or b""
        return _asking_for_case(self.edition.pk) if self.survey is None else _renamed(self)

    @property
    def md5(self) -> str:
        return hashlib.md5(self.xml, usedforsecurity=False).hexdigest()

    @property
    def form(self) -> Form:
        """The form as its author wrote it, without the question that is put before it."""
        return shipped.shipped_form(self.form_id, self.version) if self.edition is None else form_of(self.edition.pk)

    @property
    def has_media(self) -> bool:
        outside = (one for one in self.form.secondary.values() if one.document is None and not one.is_last_saved)
        return self.asks_for_case or bool(self.form.files) or any(outside)

    @property
    def asks_for_case(self) -> bool:
        return self.purpose in {Purpose.ASSESSMENT, Purpose.CHANGE}


class NotServed(Exception):
    """There is no such form for this user. ``is_known`` says whether it is a matter of its version, or of the user."""

    def __init__(self, message: str, *, is_known: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.is_known = is_known


def offered_to(user: User) -> list[Served]:
    """What this user may fill today: the newest open edition of each instrument, and the forms of this app."""
    found = [Served(purpose, form_id, shipped.NEWEST[purpose], _title_of(purpose)) for purpose, form_id in _own(user)]
    if user.scope.has(FILL) and user.scope.has(OPEN_CASE_FILE):
        editions = Edition.objects.visible_to(user).newest().exclude(kind=Kind.SURVEY).order_by("title", "version")
        found += [_of_case(one) for one in editions if _may_fill(user, one)]
    if user.scope.has(INTERVIEW):
        found += [_of_survey(one, one.edition) for one in surveys_of(user).order_by("name")]
    return list({one.form_id: one for one in found}.values())


def named_to(user: User, form_id: str, version: str) -> Served:
    """The form that a device names, in any version that was ever published to this user. Raises NotServed."""
    purpose = shipped.PURPOSE_OF.get(form_id)
    if purpose is not None:
        if shipped.xform_of(form_id, version) is None:
            raise NotServed(_("Versi formulir ini tidak dikenal. Perbarui formulir di perangkat, lalu isi lagi."))
        if purpose not in dict(_own(user)):
            raise NotServed(_("Formulir ini bukan untuk Anda."), is_known=True)
        return Served(purpose, form_id, version, _title_of(purpose))
    survey = _survey_named(user, form_id)
    editions = Edition.objects.visible_to(user).published()
    editions = editions.filter(instrument=survey.edition.instrument_id) if survey else editions.filter(form_id=form_id)
    edition = editions.filter(version=version).select_related("instrument").order_by("-published_at").first()
    if edition is None:
        is_older = editions.exists()
        raise NotServed(
            _("Versi formulir ini tidak dikenal. Perbarui formulir di perangkat, lalu isi lagi.")
            if is_older
            else _("Formulir ini tidak dikenal. Perbarui daftar formulir di perangkat.")
        )
    if survey is not None:
        return _of_survey(survey, edition)
    if not (user.scope.has(FILL) and _may_fill(user, edition)):
        raise NotServed(_("Formulir ini bukan untuk Anda."), is_known=True)
    return _of_case(edition)


def media_of(served: Served, user: User) -> tuple[Medium, ...]:
    """The files that go with a form, as this user may have them: their caseload, lists cut to where they work."""
    lists = places_for(served.edition, user) if served.edition is not None else ()
    if not served.asks_for_case:
        return lists
    return (MadeMedium(CASELOAD, "text/csv", caseload_csv(caseload_of(user))), *lists)


def mode_of(edition: Edition) -> str:
    """Whose words the answers are, where a device does not ask: told by who the instrument is meant for."""
    if edition.kind == Kind.VISIT:
        return Mode.OBSERVED
    alone = edition.raters[0] if len(edition.raters) == 1 else ""
    return {Rater.SELF.value: Mode.SELF, Rater.FAMILY.value: Mode.PROXY}.get(alone, Mode.INTERVIEW)


def _own(user: User) -> Iterator[tuple[Purpose, str]]:
    """The forms of this app for this user."""
    if user.scope.has(RECEIVE_REPORT):
        yield Purpose.FOUND, shipped.FORM_OF[Purpose.FOUND]
    if user.scope.has(EDIT) and user.scope.has(OPEN_CASE_FILE):
        yield Purpose.CHANGE, shipped.FORM_OF[Purpose.CHANGE]


def _title_of(purpose: Purpose) -> str:
    return shipped.shipped_form(shipped.FORM_OF[purpose], shipped.NEWEST[purpose]).title


def _of_case(edition: Edition) -> Served:
    return Served(Purpose.ASSESSMENT, edition.form_id, edition.version, edition.title, edition)


def _of_survey(survey: Survey, edition: Edition) -> Served:
    return Served(Purpose.INTERVIEW, f"{OF_SURVEY}{survey.pk}", edition.version, survey.name, edition, survey)


def _survey_named(user: User, form_id: str) -> Survey | None:
    """The survey whose form this is; None where it is no form of a survey. Raises NotServed."""
    if not form_id.startswith(OF_SURVEY):
        return None
    surveys = Survey.objects.visible_to(user).select_related("edition", "unit")
    with suppress(ValueError):
        if (found := surveys.filter(pk=UUID(form_id.removeprefix(OF_SURVEY))).first()) is not None:
            return found
    raise NotServed(_("Survei ini tidak dikenal, atau Anda bukan pewawancaranya."))


def _may_fill(user: User, edition: Edition) -> bool:
    if user.scope.is_system:
        return True
    parts = [edition.raters, *(part["raters"] for part in edition.sections)]
    return set(edition.tags) <= set(readable_tags(user)) and any(may_fill(user, raters) for raters in parts)


@lru_cache(maxsize=256)
def _asking_for_case(edition_id: UUID) -> bytes:
    return asking_for_case(_xform_of(edition_id))


def _xform_of(edition_id: UUID) -> bytes:
    return EditionForm.objects.values_list("xform", flat=True).get(edition=edition_id).encode()


@lru_cache(maxsize=256)
def _renamed(served: Served) -> bytes:
    """The form of a survey under the name that the survey gives it."""
    assert served.edition is not None  # noqa: S101  (a survey asks with an edition)
    root = parse(_xform_of(served.edition.pk))
    title = next(root.iter(f"{{{XHTML}}}title"))
    title.text = served.title
    _data_of(root).set("id", served.form_id)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def asking_for_case(xform: bytes) -> bytes:
    """The same form, asking first whose case it is."""
    root = parse(xform)
    model = next(root.iter(f"{{{XFORMS}}}model"))
    data = _data_of(root)
    primary = data.getparent()
    assert primary is not None  # noqa: S101  (what is in a model has a parent)
    data.insert(0, etree.Element(_beside(str(data.tag), KASUS)))
    primary.addnext(etree.Element(f"{{{XFORMS}}}instance", id="klien", src=f"jr://file-csv/{CASELOAD}"))
    path = f"/{local_name(data)}/{KASUS}"
    bind = etree.Element(f"{{{XFORMS}}}bind", nodeset=path, type="string", required="true()")
    last = [one for one in model if local_name(one) == "instance"][-1]
    last.addnext(bind)
    body = next(root.iterchildren(f"{{{XHTML}}}body"))
    body.insert(0, _question(path))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _data_of(root: etree._Element) -> etree._Element:
    """The outermost element of the instance that is filled."""
    primary = next(root.iter(f"{{{XFORMS}}}instance"))
    return next(primary.iterchildren(tag=etree.Element))


def _question(path: str) -> etree._Element:
    question = etree.Element(f"{{{XFORMS}}}select1", ref=path, appearance="minimal autocomplete")
    etree.SubElement(question, f"{{{XFORMS}}}label").text = "Siapa?"
    etree.SubElement(question, f"{{{XFORMS}}}hint").text = "Pilih kasusnya dari daftar kasus Anda."
    items = etree.SubElement(question, f"{{{XFORMS}}}itemset", nodeset="instance('klien')/root/item")
    etree.SubElement(items, f"{{{XFORMS}}}value", ref="name")
    etree.SubElement(items, f"{{{XFORMS}}}label", ref="label")
    return question


def _beside(tag: str, name: str) -> str:
    namespace = etree.QName(tag).namespace
    return f"{{{namespace}}}{name}" if namespace else name

"""Letters: composed from the file, numbered without gaps, checkable without personal data."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.cases.enums import DocumentKind, SignedFor, Signing
from serasi.cases.letters.compose import NothingToWrite
from serasi.cases.models import Case, Document, Letter, LetterSeries
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.letter import AlreadyRevoked, issue_letter, revoke_letter
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7

pytestmark = pytest.mark.django_db
CHECK_PAGE = "https://serasi.example/periksa/"


@pytest.fixture
def agreed(world: World) -> Case:
    """A case of the owner, with an agreement signed."""
    case = make_case(world, person=make_person(world, "Sumiyati Handoyo"))
    today = timezone.localdate()
    sign_agreement(
        id=uuid7(),
        case=case,
        text_version="kesepakatan_v1",
        explained_by=world.owner,
        signed_for=SignedFor.SELF,
        signing=Signing.SIGNATURE,
        signed_at=now(),
        starts_on=today,
        ends_on=today + timedelta(days=180),
        by=world.owner,
        at=now(),
    )
    return case


def issue(case: Case, by: User, **facts: object) -> Letter:
    told: dict[str, object] = {"id": uuid7(), "kind": DocumentKind.AGREEMENT, "at": now()} | facts
    return issue_letter(case=case, check_page=CHECK_PAGE, by=by, **told)  # type: ignore[arg-type]


def test_a_letter_is_a_pdf_in_the_file_with_its_fingerprint(world: World, agreed: Case) -> None:
    letter = issue(agreed, world.owner)

    with as_user(world.owner):
        document = Document.objects.get(pk=letter.document_id)
        with document.file.open() as file:
            content = file.read()
    assert (content[:5], len(content), document.sha256) == (b"%PDF-", document.size, letter.sha256)


def test_letters_of_one_kind_and_year_are_numbered_without_gaps(world: World, agreed: Case) -> None:
    year = timezone.localdate().year

    letters = [issue(agreed, world.owner) for _ in range(3)]

    assert [letter.sequence for letter in letters] == [1, 2, 3]
    assert [letter.number.split("/")[0] for letter in letters] == ["001", "002", "003"]
    assert LetterSeries.objects.get(unit=world.panti, kind=DocumentKind.AGREEMENT, year=year).latest == 3


def test_the_same_form_sent_twice_issues_one_letter(world: World, agreed: Case) -> None:
    chosen = uuid7()

    first, second = issue(agreed, world.owner, id=chosen), issue(agreed, world.owner, id=chosen)

    assert (first.pk, Letter.objects.count()) == (second.pk, 1)


def test_a_letter_about_something_the_file_lacks_is_refused_and_takes_no_number(world: World, agreed: Case) -> None:
    with pytest.raises(NothingToWrite, match="Susun rencana layanan terlebih dahulu"):
        issue(agreed, world.owner, kind=DocumentKind.PLAN)

    assert LetterSeries.objects.count() == 0


def test_a_colleague_who_is_not_on_the_team_issues_nothing(world: World, agreed: Case) -> None:
    with pytest.raises(NotAllowed):
        issue(agreed, world.colleague)

    assert Letter.objects.count() == 0


def test_a_revoked_letter_says_so_and_is_not_revoked_again(world: World, agreed: Case) -> None:
    letter = revoke_letter(letter=issue(agreed, world.owner), by=world.owner, at=now())

    with pytest.raises(AlreadyRevoked):
        revoke_letter(letter=letter, by=world.owner, at=now())


def test_whoever_holds_the_paper_learns_number_date_and_signer_and_nothing_of_the_person(
    world: World, agreed: Case, client: Client
) -> None:
    letter = issue(agreed, world.owner)

    page = client.get(reverse("cases:check_letter", args=[letter.code])).content.decode()

    shown = re.findall(r"<dd[^>]*>(.*?)</dd>", page)
    assert [shown[0], shown[2], shown[3], shown[4]] == [
        letter.number,
        "Rini Wulandari, Pekerja sosial",
        world.panti.name,
        letter.sha256,
    ]
    assert "Sumiyati" not in page


def test_the_check_page_tells_the_issued_file_from_another(world: World, agreed: Case, client: Client) -> None:
    letter = issue(agreed, world.owner)
    address = reverse("cases:check_letter", args=[letter.code])
    with as_user(world.owner), Document.objects.get(pk=letter.document_id).file.open() as file:
        issued = file.read()

    genuine, false = (
        client.post(address, {"file": SimpleUploadedFile("surat.pdf", content)}).context["matches"]
        for content in (issued, issued + b"\n")
    )

    assert (genuine, false) == (True, False)


def test_an_unknown_code_has_no_check_page(client: Client) -> None:
    assert client.get(reverse("cases:check_letter", args=["tidak-ada"])).status_code == 404

"""What becomes of a sending: an assessment, an interview, a report and a person, a changed fact, or nothing."""

from datetime import timedelta
from typing import Any

import pytest

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.assessments import operations as assessing
from serasi.assessments.models import Answer, Assessment, Edition
from serasi.assessments.tests import factories as instruments
from serasi.assessments.tests.factories import MAKAN, TIDUR
from serasi.cases.models import Report
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.fieldwork import operations
from serasi.fieldwork.enums import Purpose, Waiting
from serasi.fieldwork.models import Difference, Submission, SubmissionFile
from serasi.fieldwork.tests.factories import (
    changed,
    filled,
    found,
    interviewed,
    phone_of,
    photo,
    said,
)
from serasi.people import operations as people
from serasi.people.models import HouseholdMember, Person
from serasi.surveys.models import Interview
from serasi.surveys.tests import factories as surveys

pytestmark = pytest.mark.django_db
GENERAL = {TIDUR: "2", MAKAN: "1"}
TAKEN = (201, "Diterima.")


@pytest.fixture
def edition(world: World) -> Edition:
    return instruments.published(world.panti, world.head)


def everything(model: Any) -> Any:
    with acting(User.objects.system(), "test.look"):
        return list(model.objects.all())


def answers_in(world: World, assessment: Assessment) -> dict[str, str]:
    with as_user(world.psychologist):
        return dict(Answer.objects.filter(assessment=assessment).current().values_list("path", "value"))


# --- once


def test_a_filled_form_becomes_an_assessment_of_the_case(world: World, edition: Edition) -> None:
    case, phone, sent_id = make_case(world), phone_of(world.owner), uuid7()

    assert said(phone.send(filled(case, edition, GENERAL, id=sent_id))) == TAKEN

    [sent], [assessment] = everything(Submission), everything(Assessment)
    assert (sent.pk, sent.purpose, sent.case_id, sent.device_id) == (
        sent_id,
        Purpose.ASSESSMENT,
        case.pk,
        phone.device.pk,
    )
    assert (assessment.pk, assessment.case_id, assessment.written_by_id) == (sent_id, case.pk, world.owner.pk)
    phone.device.refresh_from_db()
    assert phone.device.seen_at is not None


def test_the_same_again_is_the_same_answer_and_another_content_is_refused(world: World, edition: Edition) -> None:
    case, phone, sent_id = make_case(world), phone_of(world.owner), uuid7()
    first = filled(case, edition, GENERAL, id=sent_id)

    assert [said(phone.send(first)) for _ in range(3)] == [TAKEN] * 3
    assert said(phone.send(filled(case, edition, {TIDUR: "0"}, id=sent_id)))[0] == 409
    assert said(phone_of(world.colleague).send(filled(case, edition, GENERAL, id=sent_id)))[0] in {403, 409}
    assert len(everything(Submission)) == len(everything(Assessment)) == 1


def test_the_id_of_anothers_sending_is_refused(world: World) -> None:
    sent_id = uuid7()
    phone_of(world.owner).send(found({}, id=sent_id))

    assert said(phone_of(world.colleague).send(found({}, id=sent_id)))[0] == 409
    assert [one.user_id for one in everything(Submission)] == [world.owner.pk]


# --- corrected


def test_an_edit_replaces_what_it_names_and_only_the_last_one(world: World, edition: Edition) -> None:
    case, phone, first, second = make_case(world), phone_of(world.owner), uuid7(), uuid7()
    phone.send(filled(case, edition, {**GENERAL}, id=first))

    assert said(phone.send(filled(case, edition, {TIDUR: "0"}, id=second, replaces=first))) == TAKEN
    assert said(phone.send(filled(case, edition, {TIDUR: "1"}, replaces=first)))[0] == 409
    assert said(phone.send(filled(case, edition, {TIDUR: "1"}, replaces=uuid7())))[0] == 409
    assert {one.pk: one.replaces_id for one in everything(Submission)} == {first: None, second: first}


def test_an_edit_of_what_the_desk_gave_up_waits_for_its_sender(world: World, edition: Edition) -> None:
    case, phone, first = make_case(world), phone_of(world.owner), uuid7()
    phone.send(filled(case, edition, GENERAL, id=first))
    [assessment] = everything(Assessment)
    assessing.void_filling(assessment=assessment, reason="Salah orang", by=world.owner, at=now())

    status, words = said(phone.send(filled(case, edition, {TIDUR: "0"}, replaces=first)))

    assert (status, words) == (201, "Diterima, dan menunggu keputusan: yang diperbaikinya sudah diubah di meja.")
    assert len(everything(Assessment)) == 1
    [waiting] = [one for one in everything(Submission) if one.is_waiting]
    assert waiting.waits_for == Waiting.DESK

    with as_user(world.owner):
        operations.take_submission(submission=waiting, by=world.owner, at=now())

    assert sorted(one.is_open for one in everything(Assessment)) == [False, True]


# --- files


def test_files_come_in_parts_and_each_is_kept_once(world: World) -> None:
    asking = surveys.enumerator(world, "Tono Pewawancara")
    survey = surveys.running(world, asking)
    phone = phone_of(asking)
    xml = interviewed(survey, {**surveys.ANSWERS, surveys.FOTO: "rumah.jpg"})

    assert said(phone.send(xml, {"lain.jpg": photo()}, incomplete=True)) == TAKEN
    [file] = everything(SubmissionFile)
    assert (file.name, file.arrived_at) == ("rumah.jpg", None)
    assert said(phone.send(xml, {"rumah.jpg": photo()})) == TAKEN
    assert said(phone.send(xml, {"rumah.jpg": photo((0, 0, 0))})) == TAKEN

    [interview], [file] = everything(Interview), everything(SubmissionFile)
    with acting(User.objects.system(), "test.look"):
        assert [one.name for one in interview.files.all()] == ["rumah.jpg"]
    assert (file.arrived_at is not None, file.file.name, file.size) == (True, "", len(photo()))


def test_an_interview_is_kept_for_its_survey(world: World) -> None:
    asking = surveys.enumerator(world, "Tono Pewawancara")
    survey, sent_id = surveys.running(world, asking), uuid7()

    assert said(phone_of(asking).send(interviewed(survey, surveys.ANSWERS, id=sent_id))) == TAKEN

    [interview] = everything(Interview)
    assert (interview.pk, interview.survey_id, interview.enumerator_id) == (sent_id, survey.pk, asking.pk)


# --- somebody found


def test_somebody_found_without_a_name_is_reported(world: World) -> None:
    sent_id = uuid7()

    assert said(phone_of(world.owner).send(found({"/data/siapa/ciri": "Baju merah"}, id=sent_id))) == TAKEN

    [report] = everything(Report)
    assert (report.pk, report.unit_id, report.channel, report.person) == (sent_id, world.panti.pk, "penjangkauan", None)
    assert report.subject_description == "Baju merah (laki-laki, sekitar 63 th)"
    assert report.place == "Kolong jembatan Kampung Melayu"
    assert report.narrative == (
        "Kaki kirinya bengkak.\nYang terlihat: Tidur di jalan, Luka atau sakit\nTitik lokasi: -6.2246, 106.8672"
    )
    assert everything(Person) == []


def test_danger_seen_in_the_field_makes_the_report_urgent(world: World) -> None:
    phone_of(world.carer).send(found({"/data/siapa/ciri": "Baju merah", "/data/bahaya/medis_darurat": "yes"}))

    [report] = everything(Report)
    assert (report.urgency, report.received_by_id) == ("emergency", world.carer.pk)


def test_who_is_known_by_name_is_registered_with_family_and_photo(world: World) -> None:
    family = (
        "<anggota><nama_anggota>Wati Suharti</nama_anggota><hubungan_anggota>istri</hubungan_anggota>"
        "<jk_anggota>P</jk_anggota><umur_anggota>58</umur_anggota></anggota>"
    )
    answers = {
        "/data/siapa/nama": "Karsono Wiryo",
        "/data/siapa/telepon": "0813000111",
        "/data/tempat/foto": "wajah.jpg",
        "/data/keluarga/bersama": "ya",
        "/data/keluarga/hubungan": "kepala_keluarga",
        "/data/keluarga/anggota": family,
    }

    assert said(phone_of(world.owner).send(found(answers), {"wajah.jpg": photo()})) == TAKEN

    [report] = everything(Report)
    by_name = {one.full_name: one for one in everything(Person)}
    karsono, wati = by_name["Karsono Wiryo"], by_name["Wati Suharti"]
    assert (report.person_id, karsono.phone, karsono.sex, bool(karsono.photo)) == (
        karsono.pk,
        "+62813000111",
        "L",
        True,
    )
    members = {one.person_id: (one.household_id, one.relation) for one in everything(HouseholdMember)}
    assert members[karsono.pk][1] == "kepala_keluarga"
    assert members[wati.pk] == (members[karsono.pk][0], "istri")


def test_who_resembles_somebody_waits_for_the_desk(world: World) -> None:
    make_person(world, "Karsono Wiryo")

    assert said(phone_of(world.owner).send(found({"/data/siapa/nama": "Karsono Wirjo"}))) == TAKEN

    [report] = everything(Report)
    assert report.person is None
    assert "di daftar ada nama yang mirip" in report.narrative
    assert len(everything(Person)) == 1


def test_a_report_from_the_field_is_mended_at_the_desk(world: World) -> None:
    phone, first = phone_of(world.owner), uuid7()
    phone.send(found({"/data/siapa/ciri": "Baju merah"}, id=first))
    edit = found({"/data/siapa/ciri": "Baju biru"}).replace(
        b"</meta>", b"<deprecatedID>uuid:%s</deprecatedID></meta>" % str(first).encode()
    )

    assert said(phone.send(edit))[0] == 409


def test_a_report_leaves_out_no_question_that_the_form_requires(world: World) -> None:
    status, words = said(phone_of(world.owner).send(found({"/data/tempat/alamat": ""})))

    assert (status, words) == (422, "«Tempat ditemukan»: Isian ini wajib.")
    assert everything(Report) == everything(Submission) == []


# --- what changed about a client


def test_what_the_desk_left_alone_is_changed(world: World) -> None:
    person = make_person(world, "Budi Santoso", phone="0811", nickname="Bud")
    case = make_case(world, person=person)
    xml = changed(
        case,
        {
            "apa": "telepon panggilan alamat",
            "telepon": "0822",
            "panggilan": "Didi",
            "alamat": "Jalan Baru 2",
            "sedesa": "tidak",
        },
        base={"telepon": "0811", "panggilan": "Bud", "alamat": ""},
    )

    assert said(phone_of(world.owner).send(xml)) == TAKEN

    [person] = everything(Person)
    assert (person.phone, person.nickname) == ("0822", "Didi")
    with as_user(world.owner):
        assert person.addresses.get().line == "Jalan Baru 2"
    assert everything(Difference) == []


def test_what_the_desk_changed_too_is_kept_beside_and_decided_by_a_person(world: World) -> None:
    person = make_person(world, "Budi Santoso", phone="0811", nickname="Bud")
    case = make_case(world, person=person)
    people.change_person(person=person, revision=1, phone="0833", by=world.colleague, at=now())
    xml = changed(
        case,
        {"apa": "telepon panggilan", "telepon": "0822", "panggilan": "Didi"},
        base={"telepon": "0811", "panggilan": "Bud"},
    )

    assert said(phone_of(world.owner).send(xml)) == TAKEN

    [person], [difference] = everything(Person), everything(Difference)
    assert (person.phone, person.nickname) == ("0833", "Didi")
    assert (difference.base, difference.desk, difference.device) == ("0811", "0833", "0822")
    decided = {"difference": difference, "choice": "device", "desk": "0833", "by": world.owner, "at": now()}
    operations.settle_difference(**decided)
    with pytest.raises(operations.AlreadySettled):
        operations.settle_difference(**decided)
    assert [one.phone for one in everything(Person)] == ["0822"]


@pytest.mark.parametrize("is_in_order", [True, False], ids=["in order", "the later first"])
def test_of_two_changes_without_signal_by_one_person_the_later_holds(world: World, *, is_in_order: bool) -> None:
    case, phone, noon = make_case(world, person=make_person(world, "Budi", phone="0811")), phone_of(world.owner), now()
    sent = [
        changed(case, {"apa": "telepon", "telepon": number}, base={"telepon": "0811"}, typed_at=noon + after)
        for number, after in (("0822", timedelta(0)), ("0833", timedelta(minutes=5)))
    ]

    for one in sent if is_in_order else reversed(sent):
        assert said(phone.send(one)) == TAKEN

    assert ([one.phone for one in everything(Person)], everything(Difference)) == (["0833"], [])


def test_what_the_desk_said_between_two_changes_of_one_person_is_kept_beside(world: World) -> None:
    person = make_person(world, "Budi", phone="0811")
    case, phone = make_case(world, person=person), phone_of(world.owner)
    phone.send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0811"}))
    people.change_person(person=person, revision=2, phone="0844", by=world.colleague, at=now())

    phone.send(changed(case, {"apa": "telepon", "telepon": "0833"}, base={"telepon": "0811"}))

    [difference] = everything(Difference)
    assert (difference.base, difference.desk, difference.device) == ("0811", "0844", "0833")


def test_a_telephone_is_kept_as_the_desk_keeps_it(world: World) -> None:
    case = make_case(world, person=make_person(world, "Budi Santoso", phone="+6281211112222"))
    phone = phone_of(world.owner)

    phone.send(changed(case, {"apa": "telepon", "telepon": "0813 3333-4444"}, base={"telepon": "+6281211112222"}))
    phone.send(changed(case, {"apa": "telepon", "telepon": "62813.33334444"}, base={"telepon": "+6281211112222"}))

    assert ([one.phone for one in everything(Person)], everything(Difference)) == (["+6281333334444"], [])


def test_a_decision_upon_an_older_state_is_refused(world: World) -> None:
    person = make_person(world, "Budi Santoso", phone="0811")
    case = make_case(world, person=person)
    phone_of(world.owner).send(changed(case, {"apa": "telepon", "telepon": "0822"}, base={"telepon": "0800"}))
    [difference] = everything(Difference)

    with as_user(world.owner), pytest.raises(Refused, match="baru saja diubah lagi"):
        operations.settle_difference(difference=difference, choice="device", desk="0899", by=world.owner, at=now())


# --- when the device, the posting or the account has ended


def test_what_an_ended_device_sends_waits_for_the_head(world: World, edition: Edition) -> None:
    case, phone = make_case(world), phone_of(world.owner)
    operations.close_device(device=phone.device, by=world.head, at=now())

    assert said(phone.send(filled(case, edition, GENERAL)))[0] == 201

    [waiting] = everything(Submission)
    assert (waiting.waits_for, waiting.landed_at, waiting.unit_id) == (Waiting.ENDED, None, world.panti.pk)
    assert everything(Assessment) == []
    with as_user(world.other_head):
        assert list(Submission.objects.visible_to(world.other_head)) == list(Submission.objects.all()) == []
    with as_user(world.head):
        assert list(Submission.objects.visible_to(world.head)) == list(Submission.objects.all()) == [waiting]
        operations.take_submission(submission=waiting, by=world.head, at=now())
        with pytest.raises(operations.NoLongerWaits):
            operations.drop_submission(submission=waiting, by=world.head, at=now())

    [assessment] = everything(Assessment)
    assert (assessment.pk, assessment.case_id, assessment.written_by_id) == (waiting.pk, case.pk, world.head.pk)


def test_an_interview_that_waited_is_taken_by_the_head_and_stays_its_enumerators(world: World) -> None:
    asking = surveys.enumerator(world, "Tono Pewawancara")
    survey, phone = surveys.running(world, asking), phone_of(asking)
    operations.close_device(device=phone.device, by=world.head, at=now())
    phone.send(interviewed(survey, surveys.ANSWERS))
    [waiting] = everything(Submission)

    with as_user(world.head):
        operations.take_submission(submission=waiting, by=world.head, at=now())

    [interview] = everything(Interview)
    assert (interview.pk, interview.enumerator_id) == (waiting.pk, asking.pk)


def test_what_comes_after_the_account_was_locked_waits_and_can_be_dropped(world: World) -> None:
    phone = phone_of(world.owner)
    with acting(User.objects.system(), "test.lock"):
        User.objects.filter(pk=world.owner.pk).update(is_active=False)

    assert said(phone.get("formList"))[0] == 403
    assert said(phone.send(found({"/data/tempat/foto": "a.jpg"}), {"a.jpg": photo()}))[0] == 201

    [waiting], [file] = everything(Submission), everything(SubmissionFile)
    assert (waiting.waits_for, everything(Report)) == (Waiting.ENDED, [])
    assert file.file.storage.exists(file.file.name)
    with as_user(world.head):
        operations.drop_submission(submission=waiting, by=world.head, at=now())
    [dropped] = everything(Submission)
    assert (dropped.is_dropped, dropped.xml, dropped.settled_by_id) == (True, None, world.head.pk)


def test_nobody_else_decides_on_what_waits(world: World) -> None:
    phone = phone_of(world.owner)
    operations.close_device(device=phone.device, by=world.owner, at=now())
    phone.send(found({}))
    [waiting] = everything(Submission)

    for who in (world.owner, world.colleague, world.other_head):
        with as_user(who), pytest.raises((NotAllowed, Submission.DoesNotExist)):
            operations.take_submission(submission=waiting, by=who, at=now())

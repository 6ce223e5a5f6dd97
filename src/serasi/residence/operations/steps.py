"""Done step by step once somebody is in: screening, orientation; and the lists for who is gone or has died."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.common.identifiers import uuid7
from serasi.residence.enums import Answer, Checklist, Ending, MovementKind
from serasi.residence.models import Movement, Screening, Stay, Step
from serasi.residence.operations.drawing import refuse_future
from serasi.residence.operations.placing import require_in_house
from serasi.residence.permissions import KEEP, SCREEN
from serasi.residence.reference import screening, steps_of


class NothingToDo(Refused):
    """The list belongs to something that has not happened, or is over."""

    message = _("Daftar langkah ini tidak berlaku untuk keadaannya sekarang. Muat ulang halaman ini.")


class AlreadyFollowedUp(Refused):
    message = _("Hasil pemeriksaannya sudah dicatat.")


@operation(SCREEN, creates=Screening)
def screen(*, id: UUID, stay: Stay, answers: Mapping[str, str], by: User, at: datetime, note: str = "") -> Screening:
    """Ask what spreads in a house. A question without an answer is unknown, never no.

    A yes makes it something due for those who may record screenings, until somebody who knows has looked.
    """
    require_in_house(by, SCREEN, stay)
    if unknown := [code for code in answers if code not in screening()]:
        raise Refused(_("Pertanyaan ini tidak dikenal: %s.") % ", ".join(unknown), field="answers")
    whole = {question.code: answers.get(question.code) or Answer.UNKNOWN for question in screening()}
    if any(answer not in Answer.values for answer in whole.values()):
        raise Refused(_("Jawab ya, tidak, atau belum diketahui."), field="answers")
    return Screening.objects.create(
        id=id,
        stay=stay,
        answers=whole,
        found=[code for code, answer in whole.items() if answer == Answer.YES],
        note=note.strip(),
        written_by=by,
        written_at=at,
    )


@operation(SCREEN)
def follow_up(*, screening: Screening, finding: str, by: User, at: datetime) -> Screening:
    """Somebody who knows has looked. Raises AlreadyFollowedUp."""
    require_in_house(by, SCREEN, screening.stay)
    if not finding.strip():
        raise Refused(_("Tulis hasil pemeriksaannya."), field="finding")
    waiting = Screening.objects.filter(pk=screening.pk, followed_up_at=None)
    if not waiting.update(followed_up_at=at, followed_up_by=by, finding=finding.strip()):
        raise AlreadyFollowedUp
    screening.followed_up_at, screening.followed_up_by, screening.finding = at, by, finding.strip()
    return screening


@operation(KEEP)
def take_steps(
    *, stay: Stay, checklist: str, codes: Sequence[str], happened_at: datetime, by: User, at: datetime, note: str = ""
) -> list[Step]:
    """Steps of a list were taken; what was taken already is left as it is.

    Orientation is for who lives here, the search for who is gone without leave, the last list for who died here.
    Raises NothingToDo, NotYet.
    """
    require_in_house(by, KEEP, stay)
    refuse_future(happened_at, at=at)
    if not codes or any(code not in steps_of(checklist) for code in codes):
        raise Refused(_("Pilih langkah yang sudah dilakukan."), field="codes")
    Stay.objects.select_for_update(no_key=True).get(pk=stay.pk)
    beginning = what_it_follows(stay, checklist)
    movement = beginning if checklist == Checklist.SEARCH else None
    taken = set(Step.objects.filter(stay=stay, checklist=checklist, movement=movement).values_list("code", flat=True))
    return Step.objects.bulk_create(
        Step(
            id=uuid7(),
            stay=stay,
            movement=movement,
            checklist=checklist,
            code=code,
            happened_at=happened_at,
            note=note.strip(),
            written_by=by,
            written_at=at,
        )
        for code in codes
        if code not in taken
    )


def what_it_follows(stay: Stay, checklist: str) -> Movement:
    """The movement that a list follows from: the arrival, the going away, the death. Raises NothingToDo."""
    in_force = Movement.objects.in_force().filter(stay=stay)
    if checklist == Checklist.ORIENTATION:
        found = in_force.filter(kind=MovementKind.ARRIVED)
    elif checklist == Checklist.DEATH:
        found = in_force.filter(kind=MovementKind.ENDED, ending=Ending.DIED)
    else:
        found = in_force.exclude(kind__in=[MovementKind.MOVED, MovementKind.RELEASED])
    latest = found.order_by("-happened_at").first()
    if latest is None or (checklist == Checklist.SEARCH and latest.kind != MovementKind.ABSCONDED):
        raise NothingToDo
    return latest

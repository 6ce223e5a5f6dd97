"""A concern about somebody's safety: raised by whoever works or lives there, received by the unit that may judge it."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Posting, Unit, User
from serasi.access.operations import NotAllowed, Refused, acting, operation, require
from serasi.access.registry import permission
from serasi.access.scope import today
from serasi.people.models import Person
from serasi.residence.queries import day_at
from serasi.safety.enums import PAST_THE_UNIT, About, Harm, StepKind
from serasi.safety.models import Concern, ConcernStep
from serasi.safety.permissions import RAISE, RECEIVE


class NobodyAbove(Refused):
    message = _(
        "Di atas unit ini belum ada yang menerima kekhawatiran di Serasi. Sampaikan langsung kepada dinas sosial,"
        " kementerian, atau polisi."
    )


@operation(RAISE, creates=Concern)
def raise_concern(
    *,
    id: UUID,
    unit: Unit,
    about: About,
    harm: Harm,
    account: str,
    by: User,
    at: datetime,
    about_words: str = "",
    about_user: User | None = None,
    happened_on: date | None = None,
    resident: Person | None = None,
) -> Concern:
    """Tell whoever may judge it. About staff or the unit it goes past the unit, to the nearest one above that has
    somebody to receive it. With ``resident`` the reporter is that person, and ``by`` only passes it on.

    Raises NobodyAbove.
    """
    require(by, RAISE, on=unit)
    if not account.strip():
        raise Refused(_("Ceritakan apa yang Anda khawatirkan."), field="account")
    if happened_on is not None and happened_on > day_at(unit, at):
        raise Refused(_("Hari ini belum tiba. Periksa tanggalnya."), field="happened_on")
    concern = Concern(
        id=id,
        unit=unit,
        goes_to=receiver_of(unit, about, not_to=(about_user, by)),
        about=about,
        about_user=about_user,
        about_words=about_words.strip(),
        harm=harm,
        happened_on=happened_on,
        account=account.strip(),
        raised_by=by,
        resident=resident,
        raised_at=at,
    )
    if resident is None:
        concern.save(force_insert=True)
        return concern
    with acting(User.objects.system(), "safety.concern.raise_concern"):  # whoever passes it on does not see it again
        return Concern.objects.get_or_create(
            id=id,
            defaults={f.name: getattr(concern, f.name) for f in Concern._meta.concrete_fields if f.name != "id"},
        )[0]


def receiver_of(unit: Unit, about: About, *, not_to: tuple[User | None, ...] = ()) -> Unit:
    """The unit that judges it: the house itself, or the nearest above it where somebody may. Raises NobodyAbove.

    Not by somebody it is about, nor, past the unit, by somebody who works in it.
    """
    is_past = about in PAST_THE_UNIT
    codes = unit.path.rstrip("/").split("/")
    paths = ["/".join(codes[:depth]) + "/" for depth in range(len(codes) - is_past, 0, -1)]
    receiving = Posting.objects.in_force(today()).filter(
        user__is_active=True, role__in=permission(RECEIVE).held_by, unit__path__in=paths, unit__closed_on=None
    )
    excluded = {user.pk for user in not_to if user is not None}
    if is_past:
        excluded |= set(Posting.objects.in_force(today()).filter(unit=unit).values_list("user", flat=True))
    found = {path for path, user in receiving.values_list("unit__path", "user") if user not in excluded}
    nearest = next((path for path in paths if path in found), None)
    if nearest is None:
        raise NobodyAbove
    return Unit.objects.get(path=nearest)


@operation(RECEIVE, creates=ConcernStep)
def take_step(*, id: UUID, concern: Concern, kind: StepKind, by: User, at: datetime, text: str = "") -> ConcernStep:
    """Say that it was received, what was done, what the reporter is answered, that it is closed.

    Whatever is done says by itself that it was received. Closing needs an answer first.
    """
    if not Concern.objects.received_by_reader(by).filter(pk=concern.pk).exists():
        raise NotAllowed
    taken = set(ConcernStep.objects.filter(concern=concern).values_list("kind", flat=True))
    if StepKind.CLOSED in taken:
        raise Refused(_("Kekhawatiran ini sudah ditutup."))
    if kind == StepKind.ACKNOWLEDGED and kind in taken:
        raise Refused(_("Kekhawatiran ini sudah diterima."))
    if kind != StepKind.ACKNOWLEDGED and not text.strip():
        raise Refused(_("Tulis apa yang dilakukan, atau apa jawabannya."), field="text")
    if kind == StepKind.CLOSED and StepKind.ANSWERED not in taken:
        raise Refused(_("Jawab dahulu pelapornya, lalu tutup."), field="kind")
    if kind != StepKind.ACKNOWLEDGED and StepKind.ACKNOWLEDGED not in taken:
        ConcernStep.objects.create(concern=concern, kind=StepKind.ACKNOWLEDGED, written_by=by, written_at=at)
    return ConcernStep.objects.create(
        id=id, concern=concern, kind=kind, text=text.strip(), written_by=by, written_at=at
    )

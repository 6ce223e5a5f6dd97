"""The acts on an agreement: each says its form, its operation and its words once."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES, FormPage, allow, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.permissions import may
from serasi.cases.door import load_case
from serasi.cases.models import Case
from serasi.cases.queries.header import name_shown
from serasi.common.components import Link
from serasi.common.periods import add_months
from serasi.cycles import operations as cycles
from serasi.cycles.enums import Voice
from serasi.cycles.models import Domain
from serasi.cycles.permissions import RATE, SAY_OWN
from serasi.foyer import operations, presenters
from serasi.foyer.enums import Ending, Party
from serasi.foyer.forms import (
    AgreementForm,
    AllowanceForm,
    BackForm,
    DecisionForm,
    EndForm,
    ExitPlanForm,
    MeasureForm,
    RatingForm,
    RevisedAgreementForm,
    SignatureForm,
    UpForm,
    WithdrawForm,
)
from serasi.foyer.models import Agreement, Allowance, Measure
from serasi.foyer.permissions import AGREE, ALLOW, WRITE
from serasi.foyer.queries import coaches_of, due_measures_of, foyer_domains, open_agreement_of
from serasi.foyer.reference import shipped_offers
from serasi.foyer.views.loading import AgreementAct, agreement_act, load_agreement
from serasi.residence.models import Stay

MONTHS_AT_FIRST = 6


def open_stay_of(case: Case, reader: User) -> Stay | None:
    found = Stay.objects.visible_to(reader).open().filter(person=case.person_id)
    return found.select_related("unit", "person").first()


@open_to(WRITE)
@require_http_methods(WRITES)
def write_agreement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """From a case: what a youth who lives here and the house offer each other."""
    reader, case = load_case(request, case_id, _("Menulis kesepakatan Foyer"))
    stay = open_stay_of(case, reader)
    if stay is None:
        raise Http404
    allow(may(reader, WRITE, on=stay))
    today = stay.unit.day_at(timezone.now())
    offers = shipped_offers()
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        coaches=coaches_of(stay.unit),
        initial={
            "coach": reader.pk,
            "begins_date": today,
            "ends_date": add_months(today, MONTHS_AT_FIRST),
            "youth_offers": offers["youth"].offers,
            "house_offers": offers["house"].offers,
        },
    )
    title, back = _("Tulis kesepakatan Foyer"), reverse("cases:case", args=[case.pk])
    page = FormPage(
        title,
        _("Simpan"),
        back,
        _("Bicarakan dan tulis bersama. Berlaku setelah semua menandatangani; paling lama 24 bulan."),
        caption=name_shown(case, reader),
        trail=[Link(case.number, back), Link(title)],
    )
    return written(
        request,
        form,
        operations.write_agreement,
        page=page,
        done=_("Kesepakatan ditulis. Cetak, baca bersama, lalu catat tanda tangannya."),
        leads_to=lambda made: reverse("foyer:agreement", args=[made.pk]),
        stay=stay,
        case=case,
    )


@agreement_act(WRITE, gettext_lazy("Ubah kesepakatan"))
def change_agreement(act: AgreementAct) -> HttpResponse:
    one = act.agreement
    names = ("begins_date", "ends_date", "youth_offers", "house_offers", "revision")
    initial = {name: getattr(one, name) for name in names} | {"coach": one.coach_id}
    form = RevisedAgreementForm(act.typed, coaches=coaches_of(one.unit), initial=initial)
    return act.answer(form, operations.change_agreement, done=_("Kesepakatan diubah."), agreement=one)


@agreement_act(WRITE, gettext_lazy("Perpanjang kesepakatan"))
def renew_agreement(act: AgreementAct) -> HttpResponse:
    one = act.agreement
    form = AgreementForm(
        act.typed,
        coaches=coaches_of(one.unit),
        initial={
            "coach": one.coach_id,
            "begins_date": one.ends_date,
            "ends_date": min(add_months(one.ends_date, MONTHS_AT_FIRST), one.ceiling_date),
            "youth_offers": one.youth_offers,
            "house_offers": one.house_offers,
        },
    )
    return act.answer(
        form,
        operations.renew_agreement,
        done=_("Kesepakatan diperpanjang. Catat tanda tangannya."),
        leads_to=lambda made: reverse("foyer:agreement", args=[made.pk]),
        agreement=one,
    )


@agreement_act(WRITE, gettext_lazy("Catat tanda tangan"))
def sign(act: AgreementAct, party: str) -> HttpResponse:
    if party not in Party.values:
        raise Http404
    who = Party(party)
    if who == Party.HOUSE:
        allow(act.page.may(AGREE))
    form = SignatureForm(act.typed, party=who, name=act.page.name if who == Party.YOUTH else "")
    return act.answer(
        form,
        operations.sign_agreement,
        done=_("Tanda tangan dicatat."),
        lead=_("%s. Setelah semua menandatangani, fase pertama dimulai.") % who.label,
        agreement=act.agreement,
    )


@agreement_act(WRITE, gettext_lazy("Akhiri kesepakatan"))
def end_agreement(act: AgreementAct) -> HttpResponse:
    form = EndForm(act.typed)
    facts: dict[str, Any] = {"agreement": act.agreement}
    if not act.page.way.is_signed:
        del form.fields["ended_date"], form.fields["ending"]
        facts |= {"ended_date": act.agreement.begins_date, "ending": Ending.DROPPED}
    return act.answer(
        form,
        operations.end_agreement,
        done=_("Kesepakatan diakhiri."),
        button=act.title,
        **facts,
    )


@agreement_act(WRITE, gettext_lazy("Rencana keluar"))
def plan_exit(act: AgreementAct) -> HttpResponse:
    form = ExitPlanForm.of(act.agreement, act.typed)
    return act.answer(form, operations.plan_exit, done=_("Rencana keluar disimpan."), agreement=act.agreement)


@agreement_act(WRITE, gettext_lazy("Catat pengukuran"))
def measure(act: AgreementAct) -> HttpResponse:
    one = act.agreement
    taken = list(Measure.objects.filter(agreement=one.chain_id))
    form = MeasureForm(act.typed, moments=due_measures_of(one, taken))
    return act.answer(form, operations.take_measure, done=_("Pengukuran dicatat."), agreement=one)


# --- The way ---------------------------------------------------------------------------------------------------------


@agreement_act(WRITE, gettext_lazy("Ajukan naik fase"))
def go_up(act: AgreementAct) -> HttpResponse:
    way = act.page.way
    phase = way.phase_on(act.page.day)
    if phase is None or way.after(phase) is None:
        raise Http404
    return act.answer(
        UpForm(act.typed, phase=phase),
        operations.propose_up,
        done=_("Diajukan. Kepala unit atau supervisor memutuskan."),
        button=_("Ajukan"),
        lead=_("Dari %(from)s ke %(to)s") % {"from": phase, "to": way.after(phase)},
        agreement=act.agreement,
    )


@agreement_act(WRITE, gettext_lazy("Ajukan mundur fase"))
def go_back(act: AgreementAct) -> HttpResponse:
    way = act.page.way
    phase = way.phase_on(act.page.day)
    before = way.before(phase) if phase else []
    if not before:
        raise Http404
    return act.answer(
        BackForm(act.typed, phases=before),
        operations.propose_back,
        done=_("Diajukan. Kepala unit atau supervisor memutuskan."),
        button=_("Ajukan"),
        lead=_("Mundur bukan hukuman: ada alasan, dan ada jalan kembali yang jelas."),
        agreement=act.agreement,
    )


@agreement_act(AGREE, gettext_lazy("Putuskan langkah"))
def decide(act: AgreementAct) -> HttpResponse:
    step = act.page.way.pending
    if step is None:
        raise Http404
    step.agreement = act.agreement
    page = FormPage(
        presenters.story([step])[0].event.title,
        _("Simpan keputusan"),
        act.page.url,
        caption=act.page.name,
        trail=act.page.trail(Link(act.title)),
    )
    return written(
        act.request,
        DecisionForm(act.typed),
        operations.decide_step,
        page=page,
        done=_("Keputusan disimpan."),
        template="foyer/decide.html",
        context={"step": step, "evidence": list(step.evidence.all())},
        step=step,
    )


@agreement_act(ALLOW, gettext_lazy("Izin atau batasan sementara"))
def allow_for_days(act: AgreementAct) -> HttpResponse:
    form = AllowanceForm(act.typed, initial={"first_date": act.page.day, "latest_date": act.page.day})
    return act.answer(
        form,
        operations.give_allowance,
        done=_("Dicatat."),
        lead=_("Satu hak, untuk beberapa hari. Sesudahnya kembali menurut fasenya."),
        agreement=act.agreement,
    )


@agreement_act(ALLOW, gettext_lazy("Cabut izin atau batasan"))
def withdraw(act: AgreementAct, allowance_id: UUID) -> HttpResponse:
    allowance = get_object_or_404(Allowance.objects.filter(agreement=act.agreement), pk=allowance_id)
    allowance.agreement = act.agreement
    return act.answer(
        WithdrawForm(act.typed),
        operations.withdraw_allowance,
        done=_("Dicabut."),
        button=_("Cabut"),
        lead=presenters.value_words(allowance),
        allowance=allowance,
    )


# --- Where someone stands --------------------------------------------------------------------------------------------


@agreement_act(RATE, gettext_lazy("Nilai ranah"))
def rate(act: AgreementAct) -> HttpResponse:
    """What the youth says, or the coach: one voice at a time."""
    case = get_object_or_404(
        Case.objects.visible_to(act.page.reader).select_related("unit", "person"), pk=act.agreement.case_id
    )
    allow(may(act.page.reader, RATE, on=case))
    form = RatingForm(act.typed, domains=_domains(), voices=[Voice.SELF, Voice.COACH])
    return act.answer(
        form,
        cycles.rate,
        done=_("Nilai dicatat."),
        lead=_("Satu suara sekali isi. Suara anak muda dan pembimbing berdiri berdampingan, tidak dirata-rata."),
        leads_to=reverse("foyer:domains", args=[act.agreement.pk]),
        case=case,
    )


@open_to(SAY_OWN)
@require_http_methods(WRITES)
def rate_own(request: HttpRequest) -> HttpResponse:
    """A resident says where they stand."""
    reader = signed_in(request)
    agreement = own_agreement(reader)
    if agreement is None:
        raise Http404
    page = load_agreement(request, agreement.pk, _("Menilai diri sendiri"))
    title = _("Nilai diri saya")
    form = RatingForm(request.POST if request.method == "POST" else None, domains=_domains())
    return written(
        request,
        form,
        cycles.say_own,
        page=FormPage(
            title,
            _("Simpan"),
            page.url,
            _("Tidak ada jawaban salah. Isi yang ingin kamu nilai; yang lain boleh dikosongkan."),
            trail=page.trail(Link(title)),
        ),
        done=_("Terima kasih. Penilaianmu tersimpan."),
        leads_to=reverse("foyer:domains", args=[agreement.pk]),
        case_id=agreement.case_id,
        rated_on=page.day,
    )


def own_agreement(reader: User) -> Agreement | None:
    person = getattr(reader, "person", None)
    return open_agreement_of(person, reader, timezone.localdate()) if person else None


def _domains() -> list[Domain]:
    return list(foyer_domains(timezone.localdate()))

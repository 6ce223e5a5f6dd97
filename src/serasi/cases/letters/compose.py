"""The words of each kind of letter, composed from the file as its writer may read it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import DocumentKind
from serasi.cases.models import Case
from serasi.cases.reference import letter_kinds, outcomes, termination_reasons

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as plain blocks (heading, paragraph, facts, list, table) and the people who sign it."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    signers: list[dict[str, str]] = field(default_factory=list)


class NothingToWrite(Refused):
    """The file does not yet hold what this letter is about."""


def issuable_kinds() -> list[tuple[str, str]]:
    """Kinds of letter that can be issued, with their titles."""
    return [(kind, letter_kinds()[kind].title) for kind in _COMPOSERS]


def compose(kind: str, case: Case, *, signer: User, on: date) -> Composed:
    """Compose a letter of this kind; raises `NothingToWrite` naming what the file lacks."""
    composer = _COMPOSERS.get(DocumentKind(kind))
    if composer is None:
        raise NothingToWrite(_("Surat jenis ini tidak dapat diterbitkan."), field="kind")
    return composer(case, signer, on)


def _title(kind: DocumentKind) -> str:
    return letter_kinds()[kind].title


def _day(value: Any) -> str:
    return date_format(value, "j F Y") if value else "–"


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def _heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def _facts(*rows: tuple[Any, Any]) -> Block:
    return {"kind": "facts", "rows": [[str(label), str(value or "–")] for label, value in rows]}


def _table(headers: list[str], widths: list[int], rows: list[list[Any]]) -> Block:
    return {
        "kind": "table",
        "headers": headers,
        "widths": widths,
        "rows": [[str(cell or "–") for cell in row] for row in rows],
    }


def _signer(user: User, case: Case, on: date) -> dict[str, str]:
    return {
        "place": f"{case.unit.short_name}, {_day(on)}",
        "role": _("Pekerja sosial"),
        "name": user.full_name,
        "note": "",
    }


def _other(role: str, name: str, note: str = "") -> dict[str, str]:
    return {"place": " ", "role": role, "name": name or "…………………………", "note": note}


def _person(case: Case, *, on: date) -> Block:
    person = case.person
    age = person.age_on(on)
    return _facts(
        (_("Nama"), str(person)),
        (_("NIK"), person.masked_nik or _("belum ada")),
        (_("Jenis kelamin"), person.get_sex_display()),
        (_("Umur"), _("%(age)s tahun") % {"age": age} if age is not None else ""),
        (_("Nomor kasus"), case.number),
    )


def _agreement(case: Case, signer: User, on: date) -> Composed:
    agreement = case.agreements.select_related("explained_by").first()
    if agreement is None:
        raise NothingToWrite(_("Catat kesepakatan terlebih dahulu, lalu terbitkan suratnya."), field="kind")
    by_guardian = bool(agreement.guardian_name)
    return Composed(
        _title(DocumentKind.AGREEMENT),
        [
            _paragraph(_("Kami yang bertanda tangan di bawah ini sepakat mengenai pelayanan bagi:")),
            _person(case, on=on),
            _paragraph(
                _("Hak, kewajiban, dan lama pelayanan telah dijelaskan oleh %(who)s dan dipahami (%(text)s).")
                % {"who": agreement.explained_by, "text": agreement.text_name}
            ),
            _facts(
                (_("Masa kesepakatan"), f"{_day(agreement.starts_on)} – {_day(agreement.ends_on)}"),
                (_("Disetujui oleh"), agreement.get_signed_for_display()),
                (_("Wali"), f"{agreement.guardian_name} ({agreement.guardian_relation})" if by_guardian else ""),
                (_("Cara menyetujui"), agreement.get_signing_display()),
                (_("Saksi"), agreement.witness_name),
            ),
            *([_heading(_("Kesepakatan khusus")), _paragraph(agreement.promises)] if agreement.promises else []),
        ],
        [
            _other(_("Wali") if by_guardian else _("Penerima manfaat"), agreement.guardian_name or str(case.person)),
            _signer(agreement.explained_by, case, on),
        ],
    )


def _plan(case: Case, signer: User, on: date) -> Composed:
    plan = case.plans.prefetch_related("goals", "lines__component", "lines__provider", "lines__provider_unit").first()
    if plan is None:
        raise NothingToWrite(_("Susun rencana layanan terlebih dahulu."), field="kind")
    state = _("disetujui %(day)s") % {"day": _day(plan.approved_at)} if plan.is_approved else _("rancangan")
    return Composed(
        _title(DocumentKind.PLAN),
        [
            _person(case, on=on),
            _facts(
                (_("Rencana ke-"), f"{plan.version} ({state})"),
                (_("Masa"), f"{_day(plan.starts_on)} – {_day(plan.ends_on)}"),
            ),
            *([_paragraph(plan.summary)] if plan.summary else []),
            _heading(_("Tujuan")),
            _table(
                [_("Tujuan keberfungsian"), _("Tujuan"), _("Tanda tercapai"), _("Target")],
                [3, 4, 4, 2],
                [
                    [goal.get_aim_display(), goal.statement, goal.indicator, _day(goal.target_date)]
                    for goal in plan.goals.all()
                ],
            ),
            _heading(_("Layanan")),
            _table(
                [_("Komponen"), _("Layanan"), _("Pelaksana"), _("Waktu"), _("Pendekatan")],
                [4, 4, 3, 3, 2],
                [
                    [
                        line.component.name,
                        line.activity,
                        line.provider or line.provider_unit,
                        f"{line.frequency}, {line.planned_count}×",
                        line.get_approach_display(),
                    ]
                    for line in plan.lines.all()
                ],
            ),
        ],
        [_other(_("Penerima manfaat / wali"), str(case.person)), _signer(signer, case, on)],
    )


def _progress(case: Case, signer: User, on: date) -> Composed:
    monitoring = case.monitorings.prefetch_related("goals__goal").first()
    if monitoring is None:
        raise NothingToWrite(_("Catat pemantauan terlebih dahulu; laporan perkembangan dibuat darinya."), field="kind")
    return Composed(
        _title(DocumentKind.PROGRESS),
        [
            _person(case, on=on),
            _facts(
                (_("Tanggal pemantauan"), _day(monitoring.held_on)),
                (_("Kebutuhan dan hak dasar"), monitoring.get_needs_score_display()),
                (_("Tugas dan peran sosial"), monitoring.get_roles_score_display()),
                (_("Pemecahan masalah hidup"), monitoring.get_problems_score_display()),
            ),
            _heading(_("Ringkasan")),
            _paragraph(monitoring.summary),
            *([_heading(_("Kata penerima manfaat")), _paragraph(monitoring.voice)] if monitoring.voice else []),
            _heading(_("Hasil per tujuan")),
            _table(
                [_("Tujuan"), _("Hasil"), _("Keterangan")],
                [5, 3, 4],
                [[row.goal.statement, row.get_result_display(), row.note] for row in monitoring.goals.all()],
            ),
        ],
        [_signer(signer, case, on)],
    )


def _referral(case: Case, signer: User, on: date) -> Composed:
    referral = case.referrals.select_related("to_unit").first()
    if referral is None:
        raise NothingToWrite(_("Catat rujukan terlebih dahulu."), field="kind")
    return Composed(
        _title(DocumentKind.REFERRAL),
        [
            _paragraph(_("Kepada Yth. %(unit)s") % {"unit": referral.to_unit.name}),
            _paragraph(
                _("Bersama ini kami sampaikan %(what)s untuk mendapat penanganan lebih lanjut:")
                % {"what": referral.get_kind_display().lower()}
            ),
            _person(case, on=on),
            _heading(_("Alasan dan yang diminta")),
            _paragraph(referral.reason),
            _facts((_("Kegentingan"), referral.get_urgency_display())),
        ],
        [_signer(signer, case, on)],
    )


def _handover(case: Case, signer: User, on: date) -> Composed:
    handover = case.handovers.select_related("to_unit").first()
    if handover is None:
        raise NothingToWrite(_("Catat serah terima terlebih dahulu."), field="kind")
    return Composed(
        _title(DocumentKind.HANDOVER),
        [
            _paragraph(
                _("Pada tanggal %(day)s telah diserahterimakan penerima manfaat berikut:")
                % {"day": _day(handover.handed_at)}
            ),
            _person(case, on=on),
            _facts(
                (_("Diserahkan kepada"), handover.receiver_name),
                (_("Hubungan atau jabatan"), handover.receiver_relation),
                (_("Unit penerima"), handover.to_unit.name if handover.to_unit else ""),
                (_("Keadaan"), handover.condition),
                (_("Barang dan dokumen"), handover.items),
            ),
        ],
        [
            _signer(signer, case, on),
            _other(_("Yang menerima"), handover.receiver_name, handover.receiver_relation),
            *([_other(_("Saksi"), handover.witness_name)] if handover.witness_name else []),
        ],
    )


def _termination(case: Case, signer: User, on: date) -> Composed:
    termination = case.terminations.filter(withdrawn_at=None).first()
    if termination is None:
        raise NothingToWrite(_("Usulkan terminasi terlebih dahulu."), field="kind")
    return Composed(
        _title(DocumentKind.TERMINATION),
        [
            _paragraph(_("Dengan ini dinyatakan bahwa pelayanan bagi penerima manfaat berikut berakhir:")),
            _person(case, on=on),
            _facts(
                (_("Pelayanan dimulai"), _day(case.opened_at)),
                (_("Pelayanan berakhir"), _day(termination.ends_on)),
                (_("Alasan"), termination_reasons()[termination.reason].name),
                (_("Hasil"), outcomes()[termination.outcome].name),
            ),
            _heading(_("Penjelasan")),
            _paragraph(termination.account),
        ],
        [_other(_("Penerima manfaat / wali"), str(case.person)), _signer(signer, case, on)],
    )


_COMPOSERS: dict[DocumentKind, Callable[[Case, User, date], Composed]] = {
    DocumentKind.AGREEMENT: _agreement,
    DocumentKind.PLAN: _plan,
    DocumentKind.PROGRESS: _progress,
    DocumentKind.REFERRAL: _referral,
    DocumentKind.HANDOVER: _handover,
    DocumentKind.TERMINATION: _termination,
}

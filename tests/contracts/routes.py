"""The decision on every address of the site: who may come there. A route without a line here fails the sweep.

``OPEN`` needs no sign-in; ``SIGNED_IN`` needs nothing else (the page shows each reader their own); a permission code
must be held, and must reach the record in the address.
"""

from dataclasses import dataclass

OPEN, SIGNED_IN = "open", "signed in"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a route asks. ``record`` is the kind of record its address names; extra ids in the address are strangers."""

    asks: str
    record: str = ""


def _all(asks: str, record: str, *names: str) -> dict[str, Decision]:
    return {name: Decision(asks, record) for name in names}


DECISIONS: dict[str, Decision] = {
    # Signing in, and one's own account
    **_all(
        OPEN,
        "",
        "set_language",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "access:sign_out",
        "cases:check",
        "cases:check_letter",
        "web:health",
    ),
    **_all(
        SIGNED_IN,
        "",
        "account_reauthenticate",
        "account_change_password",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "access:lock",
        "access:account",
        "access:sign_ins",
        "access:permissions",
        "institutions:region_suggestions",
        "web:home",
    ),
    # Units and staff
    **_all("access.posting.manage", "", "access:units", "access:staff", "access:staff_add"),
    **_all("access.posting.manage", "unit", "access:unit"),
    **_all(
        "access.unit.manage",
        "unit",
        "access:unit_change",
        "access:unit_move",
        "access:unit_close",
        "access:unit_reopen",
    ),
    **_all(
        "access.posting.manage",
        "user",
        "access:staff_person",
        "access:staff_change",
        "access:staff_invite",
        "access:staff_take_off",
        "access:staff_switch_off",
        "access:staff_switch_on",
        "access:staff_post",
    ),
    **_all("access.posting.manage", "stranger", "access:posting_end", "access:posting_extend"),
    **_all(SIGNED_IN, "stranger", "access:work", "access:work_cancel"),
    **_all("access.look.see", "", "access:trail"),
    **_all("access.trail.see", "", "access:writes"),
    **_all("access.emergency.review", "", "access:emergencies"),
    **_all("access.emergency.review", "stranger", "access:emergency_review"),
    **_all("institutions.institution.set_up", "", "cases:unit_setup", "cases:unit_start"),
    **_all("cases.practice.set", "unit", "cases:practice"),
    # The service directory
    **_all("institutions.directory.read", "", "institutions:directory"),
    **_all("institutions.directory.read", "stranger", "institutions:institution", "institutions:of_unit"),
    **_all(
        "institutions.institution.describe",
        "stranger",
        "institutions:institution_change",
        "institutions:capacity_add",
        "institutions:service_add",
        "institutions:service_change",
    ),
    # People
    **_all("people.person.open", "", "people:list"),
    **_all("people.person.register", "", "people:register", "people:register_unknown"),
    **_all("people.person.open", "person", "people:person", "people:photo", "cases:of_person"),
    **_all(
        "people.person.edit",
        "person",
        "people:edit",
        "people:photo_form",
        "people:new_alias",
        "people:drop_alias",
        "people:new_address",
        "people:new_household",
        "people:close_membership",
        "people:new_relationship",
        "people:close_relationship",
        "people:new_kind",
        "people:close_kind",
        "people:new_consent",
        "people:withdraw_consent",
    ),
    **_all("people.person.identity.reveal", "person", "people:reveal_nik", "people:reveal_kk"),
    **_all("access.look.see", "person", "people:looks"),
    **_all("access.look.see", "report", "cases:report_looks"),
    **_all("access.look.see", "case", "cases:looks"),
    **_all("people.person.merge", "person", "people:merge", "people:undo_merge", "people:keep_apart"),
    **_all("people.person.search", "stranger", "people:recognise"),
    **_all("people.person.open", "stranger", "people:household"),
    # Reports
    **_all("cases.report.receive", "", "cases:reports", "cases:receive", "cases:crisis"),
    **_all("cases.report.open", "report", "cases:report"),
    **_all("cases.report.receive", "report", "cases:complete_report"),
    **_all("cases.case.start", "report", "cases:report_person", "cases:open"),
    **_all("cases.case.start", "", "cases:open_without_report"),
    # The file of a case
    **_all("cases.case.open", "", "cases:list"),
    **_all(
        "cases.case.open",
        "case",
        "cases:case",
        "cases:history",
        "cases:print",
        "cases:report_of_case",
        "cases:agreements",
        "cases:print_agreement",
        "cases:assessments",
        "cases:assessment",
        "cases:conferences",
        "cases:conference",
        "cases:team",
        "cases:plans",
        "cases:services",
        "cases:notes",
        "cases:monitoring",
        "cases:homecoming",
        "cases:closure",
        "cases:aftercare",
        "cases:case_referrals",
        "cases:case_referral",
        "cases:documents",
        "cases:document_download",
        "cases:letters",
    ),
    **_all("access.emergency.open", "stranger", "cases:break_glass"),
    **_all(
        "cases.case.walk",
        "case",
        "cases:stage",
        "cases:approach",
        "cases:risk",
        "cases:add_member",
        "cases:manager",
        "cases:end_member",
    ),
    **_all("cases.case.classify", "case", "cases:confidentiality"),
    **_all("cases.agreement.write", "case", "cases:sign", "cases:consent_stopped"),
    **_all("cases.assessment.write", "case", "cases:spm", "cases:start_assessment"),
    **_all(
        "cases.conference.write", "case", "cases:hold_conference", "cases:give_task", "cases:do_task", "cases:undo_task"
    ),
    **_all(
        "cases.plan.write",
        "case",
        "cases:start_plan",
        "cases:change_plan",
        "cases:discard_plan",
        "cases:submit_plan",
        "cases:add_goal",
        "cases:change_goal",
        "cases:remove_goal",
        "cases:add_line",
        "cases:change_line",
        "cases:remove_line",
    ),
    **_all("cases.service.deliver", "case", "cases:deliver_line", "cases:record_delivery", "cases:withdraw_delivery"),
    **_all("cases.note.write", "case", "cases:correct_note"),
    **_all("cases.monitoring.write", "case", "cases:monitor"),
    **_all("cases.homecoming.write", "case", "cases:trace", "cases:readiness", "cases:record_handover"),
    **_all(
        "cases.termination.write",
        "case",
        "cases:reopen_case",
        "cases:complete_termination",
        "cases:cancel_termination",
    ),
    **_all(
        "cases.aftercare.write",
        "case",
        "cases:plan_visit",
        "cases:hold_visit",
        "cases:reschedule_visit",
        "cases:cancel_visit",
    ),
    **_all("cases.referral.write", "case", "cases:write_referral", "cases:change_referral", "cases:withdraw_referral"),
    **_all("cases.document.file", "case", "cases:withdraw_document"),
    **_all("cases.letter.issue", "case", "cases:revoke_letter"),
    # Many cases at once, and between units
    **_all("cases.service.deliver", "", "cases:sessions", "cases:hold_session"),
    **_all("cases.service.deliver", "stranger", "cases:session"),
    **_all("cases.count.see", "", "cases:services_counted"),
    **_all("cases.case.open", "", "cases:referrals"),  # what I sent, and what came to my unit
    **_all(
        "cases.referral.answer",
        "stranger",
        "cases:referral",
        "cases:accept_referral",
        "cases:refuse_referral",
        "cases:write_message",
        "cases:return_result",
        "cases:referral_document",
    ),
    **_all("cases.approval.decide", "", "cases:approvals"),
    **_all("cases.approval.decide", "stranger", "cases:approval"),
    **_all("cases.approval.withdraw", "stranger", "cases:withdraw_request"),
    # Rosters
    **_all("interop.roster.import", "", "interop:rosters", "interop:template"),
    **_all(
        "interop.roster.import",
        "stranger",
        "interop:roster",
        "interop:columns",
        "interop:save",
        "interop:cancel",
        "interop:errors",
        "interop:decide",
    ),
}

BOUND_BY_STATE = {
    "people:photo",
    "cases:complete_report",
    "cases:open",
    "cases:open_without_report",
    "cases:reopen_case",
}
"""Pages that also need the record in a certain state; for them only refusals are compared."""

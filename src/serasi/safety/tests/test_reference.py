"""The rules and limits that are shipped: whole, and nowhere passed off as law."""

from itertools import product

import pytest

from serasi.safety.enums import IncidentKind, Recipient, RestraintKind, Severity, Standing
from serasi.safety.reference import limit_for, notice_rules, restraint_limits, review_rules, rules_for


@pytest.mark.parametrize(("kind", "severity"), [*product(IncidentKind, Severity)])
def test_of_every_incident_the_head_is_told_and_each_recipient_once(kind: str, severity: str) -> None:
    recipients = [rule.recipient for rule in rules_for(kind, severity)]

    assert "head" in recipients
    assert len(recipients) == len(set(recipients))


def test_the_strictest_rule_holds() -> None:
    told = {rule.recipient: rule.hours for rule in rules_for(IncidentKind.DEATH, Severity.LIGHT)}

    assert told == {Recipient.HEAD: 1, Recipient.FAMILY: 6, Recipient.POLICE: 6, Recipient.DINAS: 12}


def test_every_way_of_restraint_has_limits_for_everyone_and_never_wider_for_the_weaker() -> None:
    for kind in RestraintKind:
        adult = limit_for(kind, Standing.ADULT)
        assert adult.is_allowed
        for standing in (Standing.CHILD, Standing.PREGNANT):
            weaker = limit_for(kind, standing)
            assert weaker.longest_minutes <= adult.longest_minutes
            assert weaker.check_minutes <= adult.check_minutes
            assert weaker.is_allowed == (weaker.longest_minutes > 0)


def test_no_entry_claims_a_regulation_that_nobody_read() -> None:
    listings = (notice_rules(), review_rules(), restraint_limits())

    assert {(entry.sure, entry.basis) for listing in listings for entry in listing} == {("U", "Aturan unit sendiri")}
    assert set(review_rules().codes) == set(Severity.values)

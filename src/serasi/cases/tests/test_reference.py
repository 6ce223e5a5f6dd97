"""What a case is worked with. No database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import TextChoices

from serasi.access.enums import Role
from serasi.access.registry import permission
from serasi.cases import enums
from serasi.cases import reference as ref
from serasi.cases.permissions import READ_HIV
from serasi.cases.reference.stages import _check_stages
from serasi.institutions.reference import unit_templates
from serasi.institutions.reference.tables import BadReferenceError, Entry, Listing, read_listing
from serasi.people.permissions import READ_HEALTH_KIND

ALL: list[Callable[[], Listing[Any]]] = [
    ref.components,
    ref.spm_services,
    ref.approaches,
    ref.phases,
    ref.rules,
    ref.report_channels,
    ref.urgencies,
    ref.danger_screen,
    ref.assessment_domains,
    ref.functioning_aims,
    ref.termination_reasons,
    ref.outcomes,
    ref.aftercare_visits,
    ref.referral_reasons,
    ref.refusal_reasons,
    ref.letter_kinds,
    ref.confidentiality_classes,
    ref.area_tags,
]


@pytest.mark.parametrize("listing", [read() for read in ALL], ids=lambda x: x.edition.code)
def test_every_entry_of_every_list_names_its_source(listing: Listing[Entry]) -> None:
    assert [entry.code for entry in listing if not entry.source.strip()] == []
    assert [entry.order for entry in listing] == list(range(1, len(listing) + 1))


def test_there_are_seven_components_with_the_three_therapies_in_one() -> None:
    assert [component.short for component in ref.components()] == ["c1", "c2", "c3", "c4", "c5", "c6", "c7"]
    assert [item.code for item in ref.components()["terapi"].items] == [
        "terapi_fisik",
        "terapi_psikososial",
        "terapi_mental_spiritual",
    ]


def test_there_are_eleven_services_outside_an_institution() -> None:
    assert len([s for s in ref.spm_services() if s.place == "luar_panti"]) == 11
    assert ref.spm_services()["permakanan"].limit_days == 7


def test_there_are_three_approaches_and_only_the_residential_one_is_temporary() -> None:
    assert [(a.code, a.is_temporary) for a in ref.approaches()] == [
        ("family", False),
        ("community", False),
        ("residential", True),
    ]


def test_the_national_set_walks_all_ten_phases_in_order() -> None:
    stages = ref.stage_set("atensi_nasional").stages
    assert [stage.phase for stage in stages] == list(ref.phases().codes)


def test_jakarta_has_its_five_stages() -> None:
    stages = ref.stage_set("dki").stages
    assert [stage.name for stage in stages] == [
        "Identifikasi",
        "Asesmen",
        "Intervensi",
        "Pemberdayaan",
        "Terminasi",
    ]


def test_every_rule_is_asked_somewhere_or_belongs_to_a_letter() -> None:
    asked = {
        rule for stages in ref.stage_sets().values() for stage in stages.stages for rule in (*stage.enter, *stage.leave)
    }
    # The hand-over note is asked by the reason of termination, not by a stage.
    assert set(ref.rules().codes) - asked == {"handover_note"}


@pytest.mark.parametrize("code", ["atensi_nasional", "dki"])
def test_a_planned_end_asks_more_than_an_early_one(code: str) -> None:
    stages = ref.stage_set(code)
    before = next(stage.code for stage in stages.stages if stage.phase == "resocialisation")
    early = stages.rules_between(before, "terminasi", early=True)
    assert early == ("termination_reason", "closure_approved")
    assert set(early) < set(stages.rules_between(before, "terminasi"))


def test_a_step_back_asks_nothing_and_a_way_that_is_not_there_is_refused() -> None:
    stages = ref.stage_set("atensi_nasional")
    assert stages.rules_between("perencanaan", "asesmen") == ()
    with pytest.raises(KeyError):
        stages.rules_between("akses", "implementasi")


def test_a_closed_case_can_be_reopened_in_every_set() -> None:
    for stages in ref.stage_sets().values():
        assert "asesmen" in stages.stages["terminasi"].back


def test_from_every_stage_before_the_end_an_early_end_is_possible() -> None:
    for stages in ref.stage_sets().values():
        assert [s.code for s in stages.stages if s.code != "terminasi" and s.early != ("terminasi",)] == []


def test_the_most_urgent_yes_decides() -> None:
    assert ref.urgency_of(("menular", "bunuh_diri")) == "emergency"
    assert ref.urgency_of(("menular",)) == "urgent"
    assert ref.urgency_of(()) is None


def test_trafficking_proposes_the_sealed_class_and_a_child_at_law_the_sppa_class() -> None:
    assert ref.confidentiality_proposed_for(("korban_trafficking", "anak_berhadapan_hukum")) == "sealed"
    assert ref.confidentiality_proposed_for(("anak_berhadapan_hukum",)) == "sppa"
    assert ref.confidentiality_proposed_for((), danger=("perdagangan_orang",)) == "sealed"
    assert ref.confidentiality_proposed_for(("pemulung",)) == "ordinary"


def test_aftercare_falls_due_at_one_three_six_and_twelve_months() -> None:
    assert [visit.months for visit in ref.aftercare_visits()] == [1, 3, 6, 12]


def test_the_four_core_domains_are_those_of_the_law() -> None:
    assert [d.code for d in ref.assessment_domains() if d.is_core] == [
        "biological",
        "psychological",
        "social",
        "spiritual",
    ]
    assert len(ref.assessment_domains()) == 7


def test_the_six_letters_of_a_case_carry_numbers() -> None:
    numbered = {kind.code for kind in ref.letter_kinds() if kind.is_letter}
    assert numbered >= {"agreement", "plan", "progress", "referral", "handover", "termination"}


def test_unit_templates_name_only_what_cases_has() -> None:
    letters = {kind.code for kind in ref.letter_kinds() if kind.is_letter}
    for template in unit_templates():
        assert template.stage_set in ref.stage_sets()
        assert set(template.components) <= set(ref.components().codes)
        assert set(template.approaches) <= set(ref.approaches().codes)
        assert set(template.letters) <= letters


def test_the_lists_and_the_states_of_the_app_are_the_same_words() -> None:
    def values(kind: type[TextChoices]) -> set[str]:
        return set(kind.values)

    assert values(enums.Phase) == set(ref.phases().codes)
    assert values(enums.Confidentiality) == set(ref.confidentiality_classes().codes)
    assert values(enums.AreaTag) == set(ref.area_tags().codes)
    assert values(enums.Urgency) == set(ref.urgencies().codes)
    assert values(enums.Approach) == set(ref.approaches().codes)
    assert values(enums.Domain) == set(ref.assessment_domains().codes)
    assert values(enums.Aim) == set(ref.functioning_aims().codes)
    assert values(enums.DocumentKind) - {"upload"} <= set(ref.letter_kinds().codes)


def test_roles_named_in_the_lists_are_roles_of_access() -> None:
    roles = {
        *(role for tag in ref.area_tags() for role in tag.roles),
        *(role for domain in ref.assessment_domains() for role in domain.professions),
        *(role.role for template in unit_templates() for role in template.roles),
    }
    assert roles <= {role.value for role in Role}


SET = """
[edition]
code = "x"
name = "X"
regulation = "r"
valid_from = 2020-01-01
source = "s"
sure = "U"

[defaults]
source = "s"
sure = "U"
"""


def stage(code: str, phase: str, **changes: str) -> str:
    parts = {
        "enter": "[]",
        "leave": "[]",
        "next": "[]",
        "back": "[]",
        "early": "[]",
        "document": '"agreement"',
        "hint": '"h"',
    } | changes
    head = f'[[entry]]\ncode = "{code}"\nname = "n"\nphase = "{phase}"\n'
    return head + "".join(f"{key} = {value}\n" for key, value in parts.items())


@pytest.mark.parametrize(
    ("stages", "complaint"),
    [
        (stage("a", "intake", next='["b"]') + stage("b", "nowhere"), "unknown phase: nowhere"),
        (stage("a", "intake", next='["c"]') + stage("b", "termination"), "unknown stage: c"),
        (stage("a", "intake", leave='["luck"]') + stage("b", "termination"), "unknown rule: luck"),
        (stage("a", "intake", document='"poem"') + stage("b", "termination"), "unknown document: poem"),
        (stage("a", "intake") + stage("b", "termination"), "cannot be reached: .'b'"),
        (stage("a", "intake", next='["b"]') + stage("b", "planning"), "no stage of phase termination"),
        (stage("a", "intake", next='["a"]') + stage("b", "termination"), "lead to itself"),
        (
            stage("a", "intake", next='["b", "c"]') + stage("b", "termination") + stage("c", "planning"),
            "no end is reached: .'c'",
        ),
    ],
)
def test_an_impossible_stage_set_is_refused(tmp_path: Path, stages: str, complaint: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(SET + stages)
    with pytest.raises(BadReferenceError, match=complaint):
        _check_stages(path.name, read_listing(path, ref.Stage))


def test_a_kind_that_tells_of_hiv_is_read_by_whoever_may_read_the_hiv_part_of_a_file() -> None:
    assert permission(READ_HEALTH_KIND).held_by == permission(READ_HIV).held_by

"""Writes of this app. `cases` and what stands above it call these by name; they stay stable."""

from serasi.people.operations.candidate import (
    AlreadyAnswered,
    KnownHere,
    Pair,
    answer_enquiry,
    ask_other_unit,
    keep_candidates,
)
from serasi.people.operations.consent import confirm_stopped, give_consent, withdraw_consent
from serasi.people.operations.detail import (
    add_address,
    add_alias,
    add_relationship,
    assign_kind,
    end_kind,
    end_relationship,
    remove_alias,
)
from serasi.people.operations.household import (
    FamilyCard,
    KkRefused,
    join_household,
    join_household_of,
    leave_household,
    reveal_kk,
)
from serasi.people.operations.merge import CannotMerge, NewerMergeFirst, keep_apart, merge_people, undo_merge
from serasi.people.operations.person import NikRefused, change_person, reveal_nik, set_photo
from serasi.people.operations.reference import load_reference
from serasi.people.operations.refusals import NotFound, StalePage
from serasi.people.operations.registration import (
    LikelySame,
    NewPerson,
    Place,
    SameNikNeedsReason,
    register_people,
    register_person,
)
from serasi.people.operations.search import rebuild_search
from serasi.people.operations.standing import (
    TeamNeeded,
    give_own_access,
    keep_team,
    link_to_unit,
    recognise,
    set_confidentiality,
    unlink_from_unit,
)

__all__ = [
    "AlreadyAnswered",
    "CannotMerge",
    "FamilyCard",
    "KkRefused",
    "KnownHere",
    "LikelySame",
    "NewPerson",
    "NewerMergeFirst",
    "NikRefused",
    "NotFound",
    "Pair",
    "Place",
    "SameNikNeedsReason",
    "StalePage",
    "TeamNeeded",
    "add_address",
    "add_alias",
    "add_relationship",
    "answer_enquiry",
    "ask_other_unit",
    "assign_kind",
    "change_person",
    "confirm_stopped",
    "end_kind",
    "end_relationship",
    "give_consent",
    "give_own_access",
    "join_household",
    "join_household_of",
    "keep_apart",
    "keep_candidates",
    "keep_team",
    "leave_household",
    "link_to_unit",
    "load_reference",
    "merge_people",
    "rebuild_search",
    "recognise",
    "register_people",
    "register_person",
    "remove_alias",
    "reveal_kk",
    "reveal_nik",
    "set_confidentiality",
    "set_photo",
    "undo_merge",
    "unlink_from_unit",
    "withdraw_consent",
]

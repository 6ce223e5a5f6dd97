from serasi.surveys.operations.draft import (
    Entry,
    begin_interview,
    discard_draft,
    finish_interview,
    keep_draft_file,
    keep_typed,
)
from serasi.surveys.operations.interview import (
    NotAnEnumerator,
    NotItsForm,
    NotTaken,
    keep_files,
    keep_interview,
    take_interview,
    void_interview,
)
from serasi.surveys.operations.place import find_village
from serasi.surveys.operations.reading import check_survey, check_waiting, reread_outdated, reread_survey
from serasi.surveys.operations.release import take_dataset
from serasi.surveys.operations.settle import open_report_of, recognise_someone, register_someone
from serasi.surveys.operations.survey import (
    AlreadyOpened,
    GuardedForm,
    NotASurveyForm,
    NotPossibleNow,
    add_enumerator,
    archive_survey,
    change_survey,
    close_survey,
    make_survey,
    open_survey,
    remove_enumerator,
    set_targets,
)
from serasi.surveys.operations.verdict import decide_finding

__all__ = [
    "AlreadyOpened",
    "Entry",
    "GuardedForm",
    "NotASurveyForm",
    "NotAnEnumerator",
    "NotItsForm",
    "NotPossibleNow",
    "NotTaken",
    "add_enumerator",
    "archive_survey",
    "begin_interview",
    "change_survey",
    "check_survey",
    "check_waiting",
    "close_survey",
    "decide_finding",
    "discard_draft",
    "find_village",
    "finish_interview",
    "keep_draft_file",
    "keep_files",
    "keep_interview",
    "keep_typed",
    "make_survey",
    "open_report_of",
    "open_survey",
    "recognise_someone",
    "register_someone",
    "remove_enumerator",
    "reread_outdated",
    "reread_survey",
    "set_targets",
    "take_dataset",
    "take_interview",
    "void_interview",
]

"""Who is told of in an interview: the one who answered, and those in the part of the form that is asked for each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from serasi.common.nik import NumberRefused, read_kk, read_nik
from serasi.people.enums import IdentityState, Sex
from serasi.people.operations import NewPerson
from serasi.people.operations.household import FamilyCard
from serasi.people.operations.registration import Place
from serasi.people.reference import relation_named
from serasi.surveys.answers import Answers
from serasi.surveys.queries.reading import Told
from serasi.surveys.questionnaire import Questionnaire, questionnaire_of
from serasi.xforms.xpath.values import day_of

NO_NIK: Final = "tidak_membawa_dokumen"
OTHER_RELATION: Final = "lainnya"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as an interview tells of them; ``place`` 0 answered, else it is the row of the repeat.

    ``nik`` and ``kk`` are empty where no possible number was written.
    """

    told: Told
    place: int
    name: str
    sex: str
    birth_date: date | None
    age: int | None
    nik: str
    kk: str
    phone: str
    relation: str
    address: str

    def described(self, *, not_same_as: Collection[UUID] = ()) -> NewPerson:
        """As the register takes it: years around the age that was said."""
        interview = self.told.interview
        year = interview.held_on.year - self.age if self.age is not None else None
        return NewPerson(
            identity_state=IdentityState.STATED,
            sex=self.sex,
            full_name=self.name,
            birth_date=self.birth_date,
            birth_year_from=year - 1 if year is not None else None,
            birth_year_to=year + 1 if year is not None else None,
            nik=self.nik,
            no_nik_reason="" if self.nik else NO_NIK,
            phone=self.phone,
            places={"domicile": Place(interview.village_id, self.address)},
            not_same_as=not_same_as,
        )

    @property
    def card(self) -> FamilyCard:
        """The household they live in: that of the interview."""
        return FamilyCard(self.kk, self.relation, self.told.interview.village_id, self.address)


def people_in(told: Told) -> list[Someone]:
    """Everyone with a name, in the order of the form."""
    questionnaire = questionnaire_of(told.interview.edition_id)
    household = _household(questionnaire, told.answers)
    return [_someone(told, place, said, household) for place, said in _named(questionnaire, told.answers)]


def number_of_people(questionnaire: Questionnaire, answers: Answers) -> int:
    """How many `people_in` finds."""
    return sum(1 for _someone in _named(questionnaire, answers))


def _named(questionnaire: Questionnaire, answers: Answers) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Whoever answered, if they are named, and each named row of the part that is asked for each; what is said."""
    meanings = questionnaire.meanings
    household = _household(questionnaire, answers)
    if household.get("name"):
        yield 0, household
    repeat = next((path for path in questionnaire.form.repeats if _names(path, meanings)), "")
    for number, row in enumerate(answers.rows.get(repeat, ()), 1):
        said = {meanings[path]: value for path, value in row.items() if path in meanings}
        if said.get("name"):
            yield number, said


def _household(questionnaire: Questionnaire, answers: Answers) -> Mapping[str, str]:
    meanings = questionnaire.meanings
    return {meanings[path]: value for path, value in answers.values.items() if path in meanings}


def _names(repeat: str, meanings: Mapping[str, str]) -> bool:
    return any(meaning == "name" and path.startswith(f"{repeat}/") for path, meaning in meanings.items())


def _someone(told: Told, place: int, said: Mapping[str, str], household: Mapping[str, str]) -> Someone:
    relation = relation_named(said.get("relation", "").replace("_", " "))
    sex = said.get("sex", "")
    age = said.get("age", "")
    return Someone(
        told=told,
        place=place,
        name=said["name"][:150],
        sex=sex if sex in Sex.values else Sex.UNKNOWN,
        birth_date=day_of(said.get("birth_date", "")),
        age=int(age) if age.isdigit() else None,
        nik=_nik(said.get("nik", "")),
        kk=_kk(said.get("kk", "") or household.get("kk", "")),
        phone=said.get("phone", ""),
        relation=relation.code if relation else OTHER_RELATION,
        address=household.get("address", "")[:200],
    )


def _nik(text: str) -> str:
    try:
        return read_nik(text).digits if text else ""
    except NumberRefused:
        return ""


def _kk(text: str) -> str:
    try:
        return read_kk(text).digits if text else ""
    except NumberRefused:
        return ""

from serasi.people.models.candidate import Candidate, Enquiry
from serasi.people.models.consent import Consent
from serasi.people.models.household import Household, HouseholdMember
from serasi.people.models.kind import Cluster, PasKind, PersonKind, PpksKind
from serasi.people.models.merge import Distinction, Merge
from serasi.people.models.person import Address, Alias, Person
from serasi.people.models.relationship import Relationship
from serasi.people.models.search import NameWord, SearchName
from serasi.people.models.standing import PersonTeam, PersonUnit

__all__ = [
    "Address",
    "Alias",
    "Candidate",
    "Cluster",
    "Consent",
    "Distinction",
    "Enquiry",
    "Household",
    "HouseholdMember",
    "Merge",
    "NameWord",
    "PasKind",
    "Person",
    "PersonKind",
    "PersonTeam",
    "PersonUnit",
    "PpksKind",
    "Relationship",
    "SearchName",
]

"""About whom a peer is answered at all; everything else this app tells begins here."""

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from serasi.exchange.enums import Basis
from serasi.exchange.models import Peer
from serasi.people.enums import Confidentiality
from serasi.people.models import Consent, Person, PersonUnit

OPEN_TO_PEERS: Final = Confidentiality.ORDINARY
"""A sealed person, and a child in a court case (SPPA), are told of to nobody outside."""


def answerable(peer: Peer) -> QuerySet[Person]:
    """People known today to the unit of the agreement or one below it, whom its basis covers. The system's sight.

    By consent: those whose consent to the purpose of the agreement stands. By law: all of these. Merged records are
    told of as the one that was kept.
    """
    known = PersonUnit.objects.filter(
        person_id=OuterRef("pk"), until_at=None, unit__path__startswith=peer.unit.path
    ).order_by()
    people = Person.objects.not_merged().filter(Exists(known), confidentiality=OPEN_TO_PEERS)
    if peer.basis == Basis.CONSENT:
        agreed = Consent.objects.filter(person_id=OuterRef("pk"), purpose=peer.consent_purpose, withdrawn_at=None)
        people = people.filter(Exists(agreed.order_by()))
    return people

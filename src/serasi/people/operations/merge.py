"""Two records that are one person become one; and, if that was wrong, two again, exactly as they were."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.people.models import Distinction, Merge, Person
from serasi.people.operations.refusals import StalePage, saying_why, whole_sight
from serasi.people.permissions import require_on_person
from serasi.people.registry import merge_rules

CHOOSABLE: Mapping[str, tuple[str, ...]] = {
    "full_name": ("full_name", "name_key", "sort_key"),
    "nickname": ("nickname", "nickname_key"),
    "description": ("description",),
    "identity_state": ("identity_state",),
    "sex": ("sex",),
    "birth": ("birth_date", "birth_year_from", "birth_year_to"),
    "birth_place": ("birth_place",),
    "mother_name": ("mother_name",),
    "religion": ("religion",),
    "marital": ("marital",),
    "education": ("education",),
    "died_on": ("died_on",),
    "nik": ("nik", "nik_hash", "no_nik_reason"),
    "phone": ("phone",),
    "photo": ("photo",),
}
"""What can be taken from either record, each with the columns that go together."""

_STAYS = frozenset({"people.merge", "people.person"})
"""Rows that speak of the records themselves and stay where they are."""


class CannotMerge(Refused):
    message = _("Kedua data ini tidak dapat digabung.")


class NewerMergeFirst(Refused):
    message = _("Ada penggabungan yang lebih baru pada orang ini. Batalkan dahulu yang lebih baru.")


@operation("people.person.merge", creates=Merge)
def merge_people(
    *,
    id: UUID,
    kept: Person,
    absorbed: Person,
    take: tuple[str, ...] = (),
    reason: str,
    kept_revision: int,
    absorbed_revision: int,
    by: User,
    at: datetime,
) -> Merge:
    """Merge ``absorbed`` into ``kept``. Nothing is deleted.

    1. Both must be as they were shown (`StalePage`), unmerged, and within the actor's reach; upper apps may refuse
       (`register_merge_rule`).
    2. Every row of any app that points at the absorbed record is pointed at the kept one, whoever may see it. A row
       that would break a rule there (a second household at once, the same kind twice) stays where it is.
    3. The facts named in ``take`` come from the absorbed record; what stood there before is kept for undoing.
    4. Records merged into the absorbed one before now point at the kept one, so that no chain arises.
    """
    for person in (kept, absorbed):
        require_on_person(by, "people.person.merge", person)
    if kept.pk == absorbed.pk:
        raise CannotMerge(_("Pilih dua data yang berbeda."))
    if unknown := set(take) - set(CHOOSABLE):
        raise CannotMerge(_("Pilihan ini tidak dikenal: %s.") % ", ".join(sorted(unknown)))
    if not reason.strip():
        raise Refused(_("Tulis mengapa keduanya orang yang sama."), field="reason")
    with saying_why(Merge, Person), whole_sight():
        _lock(kept, absorbed, kept_revision=kept_revision, absorbed_revision=absorbed_revision)
        if kept.is_merged or absorbed.is_merged:
            raise CannotMerge(_("Salah satu data sudah digabung. Muat ulang halaman ini."))
        if kept.confidentiality != absorbed.confidentiality:
            raise CannotMerge(_("Kerahasiaan keduanya berbeda. Samakan dahulu."))
        for rule in merge_rules():
            rule(kept, absorbed)
        moved = _move(absorbed.pk, kept.pk)
        repointed = list(Person.objects.filter(merged_into=absorbed).values_list("pk", flat=True))
        Person.objects.filter(pk__in=repointed).update(merged_into=kept)
        columns = [column for choice in take for column in CHOOSABLE[choice]]
        before, after = _stored(kept.pk, columns), _stored(absorbed.pk, columns)
        _put(kept.pk, after, columns)
        Person.objects.filter(pk__in=[kept.pk, absorbed.pk]).update(revision=models.F("revision") + 1)
        Person.objects.filter(pk=absorbed.pk).update(merged_into=kept)
        merge = Merge(
            id=id,
            kept=kept,
            absorbed=absorbed,
            reason=reason,
            choices=list(take),
            moved=moved,
            repointed=[str(pk) for pk in repointed],
            before=before,
            after=after,
            merged_at=at,
            merged_by=by,
        )
        merge.save(force_insert=True)
        kept.refresh_from_db()
        absorbed.refresh_from_db()
    return merge


@operation("people.person.merge")
def undo_merge(*, merge: Merge, reason: str, by: User, at: datetime) -> Merge:
    """Make one record two again.

    Rows that were moved go back unless they have since gone elsewhere; facts that were taken over get their former
    value unless someone has changed them since. What was added after the merge stays with the kept record. Merges are
    undone from the newest (`NewerMergeFirst`).
    """
    require_on_person(by, "people.person.merge", merge.kept)
    if not reason.strip():
        raise Refused(_("Tulis mengapa penggabungan ini keliru."), field="reason")
    with saying_why(Merge, Person), whole_sight():
        list(Person.objects.select_for_update().filter(pk__in=[merge.kept_id, merge.absorbed_id]).order_by("pk"))
        current = Merge.objects.select_for_update().get(pk=merge.pk)
        if current.undone_at is not None:
            return current
        newer = Merge.objects.filter(undone_at=None, pk__gt=merge.pk) | Merge.objects.filter(
            undone_at=None, merged_at__gt=current.merged_at
        )
        if (
            newer.exclude(pk=merge.pk)
            .filter(models.Q(kept_id=current.kept_id) | models.Q(absorbed_id=current.kept_id))
            .exists()
        ):
            raise NewerMergeFirst
        Person.objects.filter(pk=current.absorbed_id).update(merged_into=None)
        Person.objects.filter(pk__in=current.repointed, merged_into=current.kept_id).update(
            merged_into=current.absorbed_id
        )
        _move_back(current)
        columns = [column for choice in current.choices for column in CHOOSABLE[choice]]
        now = _stored(current.kept_id, columns)
        untouched = [
            column
            for choice in current.choices
            for column in CHOOSABLE[choice]
            if all(now[part] == current.after[part] for part in CHOOSABLE[choice])
        ]
        _put(current.kept_id, current.before, untouched)
        Person.objects.filter(pk__in=[current.kept_id, current.absorbed_id]).update(revision=models.F("revision") + 1)
        current.undone_at, current.undone_by, current.undo_reason = at, by, reason
        current.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    return current


def _lock(kept: Person, absorbed: Person, *, kept_revision: int, absorbed_revision: int) -> None:
    locked = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")}
    if locked[kept.pk].revision != kept_revision or locked[absorbed.pk].revision != absorbed_revision:
        raise StalePage(_("Salah satu data baru saja diubah. Muat ulang dan bandingkan lagi."))
    kept.merged_into_id = locked[kept.pk].merged_into_id
    absorbed.merged_into_id = locked[absorbed.pk].merged_into_id


def pointing_fields() -> list[Any]:
    """Every foreign key of every app that points at a person, except those of `_STAYS`."""
    return [
        relation.field
        for relation in Person._meta.related_objects
        if relation.field.model._meta.label_lower not in _STAYS
        and not relation.field.model.__name__.startswith("SearchName")
        and relation.field.model is not Person
    ]


def _move(source: UUID, target: UUID) -> dict[str, list[str]]:
    """Point every row at the target; returns what moved, by model and field, row ids as text."""
    moved: dict[str, list[str]] = {}
    for field in pointing_fields():
        manager = field.model._base_manager
        ids = list(manager.filter(**{field.attname: source}).order_by("pk").values_list("pk", flat=True))
        if ids:
            key = f"{field.model._meta.label_lower}.{field.name}"
            moved[key] = [str(pk) for pk in ids if _moves(manager, pk, field.attname, target)]
    return {key: ids for key, ids in moved.items() if ids}


def _moves(manager: Any, pk: Any, column: str, target: UUID) -> bool:
    """Move one row if the rules allow it there."""
    try:
        with transaction.atomic():
            manager.filter(pk=pk).update(**{column: target})
    except IntegrityError:
        return False
    return True


def _move_back(merge: Merge) -> None:
    by_key = {f"{f.model._meta.label_lower}.{f.name}": f for f in pointing_fields()}
    for key, ids in merge.moved.items():
        field = by_key[key]
        field.model._base_manager.filter(pk__in=ids, **{field.attname: merge.kept_id}).update(
            **{field.attname: merge.absorbed_id}
        )


def _stored(pk: UUID, columns: list[str]) -> dict[str, Any]:
    """The columns as the database holds them; sealed numbers stay sealed."""
    if not columns:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(p) FROM people_person p WHERE id = %s", [pk])
        row = cursor.fetchone()[0]
    whole = json.loads(row) if isinstance(row, str) else row
    return {column: whole[column] for column in columns}


def _put(pk: UUID, values: Mapping[str, Any], columns: list[str]) -> None:
    if not columns:
        return
    names = ", ".join(columns)  # names of our own columns, never of a request
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_person SET ({names}) = (SELECT {names}"  # noqa: S608
            " FROM jsonb_populate_record(NULL::people_person, %s::jsonb)) WHERE id = %s",
            [json.dumps({column: values[column] for column in columns}), pk],
        )


@operation("people.person.merge", creates=Distinction)
def keep_apart(
    *,
    id: UUID,
    person: Person,
    other: Person,
    reason: str,
    by: User,
    at: datetime,
) -> Distinction:
    """Two records look alike and are two people: remember it, so that nobody asks again."""
    require_on_person(by, "people.person.merge", person)
    require_on_person(by, "people.person.merge", other)
    with saying_why(Distinction):
        apart = Distinction(id=id, person=person, other=other, reason=reason, decided_at=at, decided_by=by)
        apart.save(force_insert=True)
    return apart

# ruff: noqa: DJ008 - the models of these tests are never shown
import base64
import json
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.test.utils import isolate_apps, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common import encryption
from serasi.common.encryption import (
    CannotDecrypt,
    EncryptedTextField,
    KeyedHashField,
    Keyring,
    KeyringRefused,
    keyed_hash,
    load_or_create_keyring,
    new_key,
    rotate,
)

OLD, NEW, HASH, OTHER_HASH = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3, 4))
CONTEXT = "people.Identifier.number"
NIK = "3175014503900012"

with_old_key = override_settings(SERASI_FIELD_KEYS=[OLD], SERASI_HASH_KEY=HASH)
DATABASE: Any = SimpleNamespace(Database=SimpleNamespace(Binary=bytes))


def ring(*keys: str) -> Keyring:
    return Keyring.from_text(keys, HASH)


# --- sealing


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_to_the_same_text(text: str) -> None:
    assert ring(OLD).open(ring(OLD).seal(text, context=CONTEXT), context=CONTEXT) == text


def test_the_sealed_value_shows_nothing_and_differs_each_time() -> None:
    first, second = (ring(OLD).seal(NIK, context=CONTEXT) for _ in range(2))
    assert first != second
    assert NIK.encode() not in first


def test_every_single_changed_byte_is_noticed() -> None:
    sealed = ring(OLD).seal(NIK, context=CONTEXT)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(CannotDecrypt):
            ring(OLD).open(bytes(changed), context=CONTEXT)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_bytes_that_were_never_sealed_do_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotDecrypt):
        ring(OLD).open(sealed, context=CONTEXT)


def test_a_shortened_value_does_not_open() -> None:
    sealed = ring(OLD).seal(NIK, context=CONTEXT)
    for length in range(len(sealed)):
        with pytest.raises(CannotDecrypt):
            ring(OLD).open(sealed[:length], context=CONTEXT)


def test_a_value_moved_to_another_field_does_not_open() -> None:
    with pytest.raises(CannotDecrypt):
        ring(OLD).open(ring(OLD).seal(NIK, context=CONTEXT), context="people.Person.nickname")


def test_a_wrong_key_does_not_open_and_the_message_holds_no_content() -> None:
    with pytest.raises(CannotDecrypt) as refused:
        ring(NEW).open(ring(OLD).seal(NIK, context=CONTEXT), context=CONTEXT)
    assert NIK not in str(refused.value)


def test_after_rotation_the_old_key_may_go() -> None:
    sealed = ring(OLD).seal(NIK, context=CONTEXT)
    both = ring(NEW, OLD)
    assert both.open(sealed, context=CONTEXT) == NIK
    assert not both.is_current(sealed)
    rotated = both.rotate(sealed, context=CONTEXT)
    assert both.is_current(rotated)
    assert both.rotate(rotated, context=CONTEXT) == rotated
    assert ring(NEW).open(rotated, context=CONTEXT) == NIK


def test_the_settings_are_read_each_time_so_keys_can_rotate() -> None:
    with with_old_key:
        sealed = encryption.keyring().seal(NIK, context=CONTEXT)
    with override_settings(SERASI_FIELD_KEYS=[NEW, OLD], SERASI_HASH_KEY=HASH):
        rotated = rotate(sealed, context=CONTEXT)
    with override_settings(SERASI_FIELD_KEYS=[NEW], SERASI_HASH_KEY=HASH):
        assert encryption.keyring().open(rotated, context=CONTEXT) == NIK


# --- hashing


@with_old_key
def test_a_hash_is_equal_for_equal_texts_and_apart_for_other_purposes_and_keys() -> None:
    assert keyed_hash(NIK, "nik") == keyed_hash(NIK, "nik")
    assert len(keyed_hash(NIK, "nik")) == 32
    apart = {keyed_hash(NIK, "nik"), keyed_hash(NIK, "kk"), keyed_hash(NIK[:-1], "nik"), keyed_hash("kx", "ni")}
    assert len(apart | {keyed_hash("x", "nik"), keyed_hash("kx", "ni")}) == 5
    with override_settings(SERASI_HASH_KEY=OTHER_HASH):
        assert keyed_hash(NIK, "nik") not in apart


# --- keys


@pytest.mark.parametrize(
    ("keys", "hash_key"),
    [([], HASH), ([OLD, OLD], HASH), (["c2hvcnQ="], HASH), (["not base64!"], HASH), ([OLD], ""), ([OLD], OLD)],
)
def test_unusable_keys_are_refused_without_being_shown(keys: list[str], hash_key: str) -> None:
    with pytest.raises(KeyringRefused) as refused:
        Keyring.from_text(keys, hash_key)
    assert OLD not in str(refused.value)


def test_neither_keyring_nor_key_file_shows_a_key(tmp_path: Path) -> None:
    keys = load_or_create_keyring(tmp_path / "keys.json")
    assert repr(ring(OLD, NEW)) == "Keyring(2 keys)"
    assert repr(keys) == str(keys) == "KeyFile(1 keys)"


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "keys.json"
    made = load_or_create_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert load_or_create_keyring(path) == made
    assert [child.name for child in path.parent.iterdir()] == ["keys.json"]
    Keyring.from_text(made.field_keys, made.hash_key)


def test_ten_processes_starting_at_once_agree_on_one_key_file(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ready, found = threading.Barrier(10), []

    def start() -> None:
        ready.wait()
        found.append(load_or_create_keyring(path))

    threads = [threading.Thread(target=start) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10
    assert len(set(found)) == 1


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    load_or_create_keyring(path)
    path.chmod(0o640)
    with pytest.raises(KeyringRefused, match="chmod 600"):
        load_or_create_keyring(path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"field_keys": [], "hash_key": "", "session_key": ""}', "\x00"])
def test_a_damaged_key_file_is_refused_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeyringRefused):
        load_or_create_keyring(path)
    assert path.read_text() == content


def test_a_new_key_in_front_of_the_file_seals_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = load_or_create_keyring(path)
    sealed = Keyring.from_text(made.field_keys, made.hash_key).seal(NIK, context=CONTEXT)
    stored = json.loads(path.read_text())
    stored["field_keys"].insert(0, new_key())
    path.write_text(json.dumps(stored))
    later = load_or_create_keyring(path)
    assert not Keyring.from_text(later.field_keys, later.hash_key).is_current(sealed)
    assert Keyring.from_text(later.field_keys, later.hash_key).open(sealed, context=CONTEXT) == NIK


# --- fields


def made_model() -> type[models.Model]:
    class Identifier(models.Model):
        number = EncryptedTextField(max_length=20)
        number_hash = KeyedHashField(purpose="nik", source="number", unique=True, null=True)
        plain_hash = KeyedHashField(purpose="nik", null=True)

        class Meta:
            app_label = "common"

    return Identifier


def comparison(query: models.QuerySet[Any]) -> Any:
    return query.query.where.children[0]


def field_of(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


@with_old_key
@isolate_apps("serasi.common")
def test_a_row_holds_bytes_and_the_page_holds_text() -> None:
    field = field_of(made_model(), "number")
    stored = field.get_db_prep_value(NIK, DATABASE)
    assert NIK.encode() not in stored
    assert field.from_db_value(memoryview(stored), None, None) == NIK
    assert field.get_db_prep_value(None, DATABASE) is None
    assert field.from_db_value(None, None, None) is None
    assert field.get_internal_type() == "BinaryField"


@with_old_key
@isolate_apps("serasi.common")
def test_saving_an_untouched_row_writes_the_same_bytes_and_a_changed_one_does_not() -> None:
    field = field_of(made_model(), "number")
    stored = field.get_db_prep_value(NIK, DATABASE)
    opened = field.from_db_value(stored, None, None)
    assert field.get_db_prep_value(opened, DATABASE) == stored
    assert field.get_db_prep_value(opened.strip() + "0", DATABASE) != stored
    with override_settings(SERASI_FIELD_KEYS=[NEW, OLD]):
        assert field.get_db_prep_value(opened, DATABASE) != stored
    other = EncryptedTextField(context="other")
    assert other.get_db_prep_value(opened, DATABASE) != stored


@isolate_apps("serasi.common")
def test_the_context_is_that_of_the_first_model_and_travels_into_copies() -> None:
    class Base(models.Model):
        number = EncryptedTextField()

        class Meta:
            app_label = "common"
            abstract = True

    class One(Base):
        class Meta:
            app_label = "common"

    class Other(Base):
        class Meta:
            app_label = "common"

    assert [field_of(model, "number").context for model in (One, Other)] == [
        "common.One.number",
        "common.Other.number",
    ]
    _name, _path, args, kwargs = field_of(One, "number").deconstruct()
    copy = EncryptedTextField(*args, **kwargs)
    assert copy.context == "common.One.number"
    assert field_of(One, "number").clone().context == "common.One.number"


@with_old_key
@isolate_apps("serasi.common")
@pytest.mark.parametrize("lookup", ["number", "number__exact", "number__in", "number__contains", "number__lower__gt"])
def test_a_lookup_on_the_sealed_value_is_refused_with_the_way_out(lookup: str) -> None:
    with pytest.raises(FieldError, match="KeyedHashField"):
        made_model()._default_manager.filter(**{lookup: [NIK] if lookup.endswith("in") else NIK})


@with_old_key
@isolate_apps("serasi.common")
def test_whether_there_is_a_value_may_be_asked() -> None:
    assert comparison(made_model()._default_manager.filter(number__isnull=False)).lookup_name == "isnull"


@with_old_key
@isolate_apps("serasi.common")
def test_a_search_by_text_compares_the_hash() -> None:
    model = made_model()
    expected = keyed_hash(NIK, "nik")
    assert comparison(model._default_manager.filter(number_hash=NIK)).rhs == expected
    assert comparison(model._default_manager.filter(number_hash=expected)).rhs == expected
    prepared = comparison(model._default_manager.filter(plain_hash__in=[NIK, expected])).get_prep_lookup()
    assert prepared == [expected, expected]


@with_old_key
@isolate_apps("serasi.common")
def test_each_save_takes_the_hash_from_its_source() -> None:
    model = made_model()
    row = model(number=NIK)
    assert field_of(model, "number_hash").pre_save(row, True) == keyed_hash(NIK, "nik")
    row.number = ""  # type: ignore[attr-defined]
    assert field_of(model, "number_hash").pre_save(row, False) is None


@isolate_apps("serasi.common")
def test_a_hash_field_survives_a_migration() -> None:
    name, path, args, kwargs = field_of(made_model(), "number_hash").deconstruct()
    assert (name, path) == ("number_hash", "serasi.common.encryption.KeyedHashField")
    assert (args, kwargs) == ([], {"purpose": "nik", "source": "number", "unique": True, "null": True})
    assert KeyedHashField(**kwargs).max_length == 32


@isolate_apps("serasi.common")
def test_a_unique_or_indexed_or_prefilled_sealed_field_fails_the_system_check() -> None:
    class Wrong(models.Model):
        one = EncryptedTextField(unique=True)
        two = EncryptedTextField(db_index=True)
        three = EncryptedTextField(default="x")
        right = EncryptedTextField()

        class Meta:
            app_label = "common"

    found = [[message.id for message in field_of(Wrong, name).check()] for name in ("one", "two", "three", "right")]
    assert found == [["common.E001"], ["common.E001"], ["common.E002"], []]


@isolate_apps("serasi.common")
def test_the_form_field_is_text_and_its_length_is_that_of_the_text() -> None:
    field = field_of(made_model(), "number")
    assert field.formfield().max_length == 20
    with pytest.raises(ValidationError):
        field.clean("1" * 21, None)


@isolate_apps("serasi.common")
def test_a_fixture_never_holds_the_text() -> None:
    model = made_model()
    with pytest.raises(FieldError, match="fixtures"):
        field_of(model, "number").value_to_string(model(number=NIK))


def test_without_a_purpose_only_bytes_are_taken() -> None:
    field = KeyedHashField()
    assert field.get_prep_value(b"x" * 32) == b"x" * 32
    assert "purpose" not in field.deconstruct()[3]
    with pytest.raises(TypeError, match="keyed_hash"):
        field.get_prep_value(NIK)
    with pytest.raises(TypeError, match="purpose"):
        KeyedHashField(source="nik")

"""What is shown has its English, what is written down is Indonesian, and no word is one that the glossary avoids."""

import ast
import html
import re
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.test import Client

from serasi.access.operations.users import choose_language
from serasi.cases.tests.factories import find_world, make_case, make_person, make_report, now
from tests.contracts.routes import DECISIONS, OPEN
from tests.contracts.source import ROOT, SOURCE, place, python_files, tree_of
from tests.contracts.test_routes import ROUTES, address

TRANSLATES = {"_", "gettext", "ngettext", "pgettext"}


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """`tools/translations`, which knows every text of code, templates and shipped lists."""
    spec = spec_from_loader("translations", SourceFileLoader("translations", str(ROOT / "tools" / "translations")))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the shipped lists


def test_every_text_of_the_shipped_lists_has_its_english(translations: ModuleType) -> None:
    english = translations.stored()
    shipped = set(translations.shipped_texts())

    found = {(context, text): english.get(text, context=context or None) for _room, context, text in shipped}

    assert sorted(text for (_context, text), message in found.items() if message is None or not message.string) == []
    assert {room for room, _context, _text in shipped} == {
        "cases",
        "cycles",
        "entitlements",
        "foyer",
        "institutions",
        "people",
        "residence",
        "safety",
    }


@pytest.mark.parametrize(
    ("context", "text", "english"),
    [
        ("", "Temu bahas kasus", "Case conference"),
        ("", "Anak jalanan", "Street child"),
        ("", "Anak", "Children"),
        ("hubungan keluarga", "Anak", "Child"),
    ],
)
def test_a_name_reads_by_where_it_stands(translations: ModuleType, context: str, text: str, english: str) -> None:
    message = translations.stored().get(text, context=context or None)

    assert isinstance(message, Message)
    assert message.string == english


# --- pages in English


def indonesian(translations: ModuleType) -> set[str]:
    """Every text of ours that reads otherwise in English."""
    messages = [message for message in translations.stored() if isinstance(message.id, str) and message.id]
    return {message.id for message in messages if message.string not in {"", message.id} and not message.context}


def texts_in(page: str) -> Iterator[str]:
    """What stands between the tags of a page, without what is said to be Indonesian."""
    page = re.sub(r"<([a-z]+)[^>]* lang=\"id\"[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    for between in re.split(r"<[^>]+>", page):
        text = " ".join(html.unescape(between).split())
        yield from {text, text.rstrip("."), *re.split(r" · |: |; ", text)}


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_page_in_english_holds_no_indonesian_of_ours(translations: ModuleType, client: Client, settings: Any) -> None:
    settings.SERASI_DEMO = True  # second factors have tests of their own
    world, ours = find_world(), indonesian(translations)
    case = make_case(world)
    records = {
        "case": case.pk,
        "person": make_person(world, kinds=["anak_jalanan", "anak_telantar"]).pk,
        "report": make_report(world).pk,
        "unit": world.panti.pk,
        "user": world.colleague.pk,
    }
    found, seen = set(), set()
    for user in (world.owner, world.head, world.administrator):
        choose_language(user=user, language="en", by=user, at=now())
        client.force_login(user)
        for name, parts in ROUTES:
            is_of_a_stranger = parts and DECISIONS[name].record not in records
            if DECISIONS[name].asks == OPEN or name.startswith(("account_", "mfa_")) or is_of_a_stranger:
                continue
            answer = client.get(address(name, parts, records.get(DECISIONS[name].record)))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                seen.add(name)
                found |= {f"{name}: {text}" for text in texts_in(answer.text) if text in ours}

    assert not found, "\n".join(sorted(found))
    assert len(seen) > 80


# --- what is written down


def translated_writings(path: Path) -> list[str]:
    """Texts made firm in the language of whoever acts: `str(_("…"))`."""
    return [
        place(path, node)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "str"
        and any(
            isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in TRANSLATES
            for argument in node.args
            for part in ast.walk(argument)
        )
    ]


def test_no_operation_writes_in_the_language_of_whoever_acts() -> None:
    operations = [path for path in python_files() if "operations" in path.relative_to(SOURCE).parts]

    assert [found for path in operations for found in translated_writings(path)] == []


def test_a_note_in_the_writers_language_is_seen(tmp_path: Path) -> None:
    operation = tmp_path / "intruder.py"
    operation.write_text('Note.objects.create(text=str(_("Diterima %s") % name), title=str(name))\n', encoding="utf-8")

    assert len(translated_writings(operation)) == 1


# --- words we avoid


def avoided() -> dict[str, str]:
    """Indonesian words of the glossary's last table that no text may use, with what to say instead."""
    table = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").partition("## Words we avoid")[2]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    on_screen = [(row[0].partition(" (")[0], row[1]) for row in rows if "(in code" not in row[0]]
    return {word: instead for words, instead in on_screen for word in words.split(", ")}


def test_no_text_uses_a_word_we_avoid(translations: ModuleType) -> None:
    texts = [str(message.id) for message in translations.template_catalogue()]
    words = avoided()

    found = [f"{word}: {text}" for word in words for text in texts if re.search(rf"\b{word}\b", text, re.IGNORECASE)]

    assert "klien" in words
    assert found == []

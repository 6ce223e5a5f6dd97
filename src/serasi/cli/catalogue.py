"""Which commands there are.

Serasi's own commands are read from their source without importing it, so that ``serasi --help`` is quick,
needs no database and works while the settings are wrong.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

BUILT_IN = {
    "backup": "write the database and the files to a folder",
    "restore": "bring a backup back",
    "serve": "migrate, then serve the site and run the background worker",
    "status": "say whether the embedded PostgreSQL runs",
    "stop": "stop the embedded PostgreSQL",
    "version": "print the version",
}
"""Commands that are about the installation and not about its data; they live in this package."""

AS_OWNER = frozenset(
    {
        "check",
        "createcachetable",
        "dbshell",
        "flush",
        "makemigrations",
        "migrate",
        "optimizemigration",
        "prepare",
        "seed",
        "showmigrations",
        "sqlmigrate",
        "squashmigrations",
        "test",
    }
)
"""Run as the owner of the schema. Everything else runs as the application does, under row-level security."""

WITHOUT_DATABASE = frozenset({"collectstatic", "compilemessages", "diffsettings", "findstatic", "makemessages"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One management command of Serasi's own."""

    name: str
    summary: str
    needs_database: bool
    as_owner: bool

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Match:
    """A command found in what was typed."""

    name: str
    words: str
    rest: tuple[str, ...]


def own_commands(package: Path = PACKAGE) -> dict[str, Entry]:
    """Return Serasi's own management commands by name."""
    paths = sorted(package.glob("*/management/commands/[!_]*.py"))
    return {path.stem: _read(path) for path in paths}


def find(arguments: Sequence[str], names: Iterable[str]) -> Match | None:
    """Return the command with the longest run of leading words: ``import roster F`` → import_roster."""
    known = set(names)
    words: list[str] = []
    for word in arguments:
        if word.startswith("-"):
            break
        words.append(word)
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count]).replace("-", "_")
        if name in known:
            return Match(name, name.replace("_", " "), tuple(arguments[count:]))
    return None


def as_owner(name: str, own: Mapping[str, Entry]) -> bool:
    return name in AS_OWNER or (name in own and own[name].as_owner)


def needs_database(name: str, own: Mapping[str, Entry]) -> bool:
    return name not in WITHOUT_DATABASE and (name not in own or own[name].needs_database)


def listing(own: Mapping[str, Entry], beginning: str = "") -> str:
    """Return the commands with their meaning, one a line; only those beginning with some words if given."""
    rows = BUILT_IN | {entry.words: entry.summary for entry in own.values()}
    shown = {words: rows[words] for words in sorted(rows) if f"{words} ".startswith(beginning)}
    width = max((len(words) for words in shown), default=0)
    return "\n".join(f"  {words:<{width}}  {summary}".rstrip() for words, summary in shown.items())


def _read(path: Path) -> Entry:
    facts: dict[str, object] = {}
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        tree = ast.Module([], [])
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Command":
            for statement in node.body:
                facts |= _assigned(statement)
    help_text = facts.get("help") or ast.get_docstring(tree) or ""
    return Entry(
        name=path.stem,
        summary=str(help_text).strip().split("\n", 1)[0].rstrip("."),
        needs_database=facts.get("needs_database") is not False,
        as_owner=facts.get("database_role") == "owner",
    )


def _assigned(statement: ast.stmt) -> dict[str, object]:
    """Return what a class attribute is set to, also when its text is marked for translation."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        name, value = statement.targets[0].id, statement.value
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        name, value = statement.target.id, statement.value
    else:
        return {}
    if isinstance(value, ast.Call) and value.args:
        value = value.args[0]
    return {name: value.value} if isinstance(value, ast.Constant) else {}

"""From what was typed to the command that does it.

1. Find the command; the help needs nothing else.
2. Find the data folder and the database, and start the embedded server when no other is named.
3. Say which role the work needs, and run it.

Exit status: 0 done, 1 failed (one line on the error output), 2 wrong use.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence

import django
from django.apps import apps
from django.core import management
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, find_commands, get_commands, load_command_class
from django.db import OperationalError

from serasi.cli import about, archive, catalogue, serve
from serasi.cli.database import prepare_database
from serasi.cli.home import data_folder
from serasi.postgres import PostgresError

BUILT_IN: Mapping[str, Callable[[Sequence[str]], int]] = {
    "backup": archive.backup,
    "restore": archive.restore,
    "serve": serve.serve,
    "status": about.status,
    "stop": about.stop,
    "version": about.version,
}
HELP = frozenset({"-h", "--help", "help"})
USAGE = """\
serasi COMMAND [ARGUMENTS]

{commands}

serasi COMMAND --help explains one command. Django's own commands (migrate, shell, dbshell, …) work as well.

SERASI_HOME    folder of everything this installation owns (default: var)
DATABASE_URL   postgresql://owner:password@host:port/name (default: an embedded PostgreSQL in the data folder)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    own = catalogue.own_commands()
    if not typed or typed[0] in HELP:
        sys.stdout.write(USAGE.format(commands=catalogue.listing(own)))
        return 0
    try:
        return _run(typed, own)
    except SystemExit as end:
        return _status(end)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - whoever read us is gone; nothing more to say
        return 1
    except Exception as error:
        # One line is the answer of a wrong world; a traceback is the answer of a wrong program.
        if "--traceback" in typed or not _is_about_the_world(error):
            raise
        sys.stderr.write(f"serasi: {(str(error).strip() or type(error).__name__).splitlines()[0]}\n")
        return 1


def _run(typed: list[str], own: Mapping[str, catalogue.Entry]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
    os.environ["SERASI_HOME"] = str(data_folder())
    # Commands whose names are known without loading the settings: these must not be read before the database is named.
    known = {*own, *BUILT_IN, *find_commands(management.__path__[0])}
    match = catalogue.find(typed, known) or _find_in_django(typed)
    if match is None:
        return _not_found(typed, own)
    if match.name in BUILT_IN:
        return BUILT_IN[match.name](match.rest)
    if not HELP.isdisjoint(match.rest):
        return _manage(match)
    if catalogue.needs_database(match.name, own):
        prepare_database()
    if catalogue.as_owner(match.name, own):
        os.environ.setdefault("SERASI_DB_ROLE", "owner")
    return _manage(match)


def _find_in_django(typed: Sequence[str]) -> catalogue.Match | None:
    """Return the command of Django or of a library. A word that is none is no reason to tell of wrong settings."""
    try:
        django.setup()
    except Exception:
        if catalogue.find(typed, get_commands()) is not None:
            raise
        return None
    return catalogue.find(typed, get_commands())


def _manage(match: catalogue.Match) -> int:

    if not apps.ready:
        django.setup()
    home = get_commands().get(match.name)
    if home is None:
        sys.stderr.write(f"serasi: the room of the command “{match.words}” is not among the installed apps\n")
        return 1
    command = home if isinstance(home, BaseCommand) else load_command_class(home, match.name)
    command.run_from_argv(["serasi", match.words, *match.rest])
    return 0


def _not_found(typed: Sequence[str], own: Mapping[str, catalogue.Entry]) -> int:
    beginning = f"{typed[0]} "
    asked_for_help = not HELP.isdisjoint(typed)
    if narrowed := catalogue.listing(own, beginning):
        (sys.stdout if asked_for_help else sys.stderr).write(f"serasi {typed[0]} …\n\n{narrowed}\n")
        return 0 if asked_for_help else 2
    sys.stderr.write(f"serasi: there is no command “{' '.join(typed)}”; these are:\n\n{catalogue.listing(own)}\n")
    return 2


def _is_about_the_world(error: Exception) -> bool:
    if isinstance(error, PostgresError):
        return True

    return isinstance(error, ImproperlyConfigured | OperationalError)


def _status(end: SystemExit) -> int:
    if isinstance(end.code, int):
        return end.code
    if end.code:
        sys.stderr.write(f"{end.code}\n")
        return 1
    return 0

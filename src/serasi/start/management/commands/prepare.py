"""Make an installation ready: schema, static files, uploads, reference data, and if wanted the demonstration world."""

from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from serasi.access.models import User
from serasi.assessments.operations import load_reference as load_instruments
from serasi.cases.operations.reference import load_reference as load_case_reference
from serasi.common.storage import SealedStorage
from serasi.cycles.operations import load_reference as load_cycle_reference
from serasi.institutions.operations import load_institutions
from serasi.people.operations.reference import load_reference as load_people_reference
from serasi.start.connection import speak_as_application


class Command(BaseCommand):
    """Safe to repeat: what is there already is left as it is."""

    help = "migrate, collect static files, seal uploads, load reference data; with --demo also the demonstration world"
    database_role = "owner"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also make the demonstration world, once")

    def handle(self, *_args: Any, demo: bool = False, **_options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        speak_as_application()
        uploads = storages["default"]
        if isinstance(uploads, SealedStorage):
            uploads.seal_plain()
        system, now = User.objects.system(), timezone.now()
        load_people_reference(by=system, at=now)
        load_case_reference(by=system, at=now)
        load_cycle_reference(by=system, at=now)
        load_institutions(by=system, at=now)
        load_instruments(by=system, at=now)
        if demo:
            call_command("demo")

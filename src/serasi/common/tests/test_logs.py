"""The log tells where something failed, and nothing about anybody."""

import logging
from typing import Any

from django.db import IntegrityError

from serasi.common.logs import WithoutContent


def insert() -> None:
    raise ValueError("Key (nik)=(3175014503900012) already exists.")


def register() -> None:
    try:
        insert()
    except ValueError as error:
        raise IntegrityError("Failing row contains (Budi Santoso, 3175014503900012).") from error


def test_an_exception_is_logged_by_kind_and_place_without_its_words() -> None:
    said = logging.LogRecord("serasi", logging.ERROR, __file__, 1, "Gagal: %s", ("/orang/",), None)
    try:
        register()
    except IntegrityError as error:
        said.exc_info = (type(error), error, error.__traceback__)

    line = WithoutContent("%(levelname)s %(message)s").format(said)

    assert line.startswith("ERROR Gagal: /orang/\n")
    assert [part for part in ("IntegrityError", "ValueError", "register", "insert") if part not in line] == []
    assert [part for part in ("Budi", "3175014503900012", "Key") if part in line] == []


def test_whatever_the_site_logs_goes_through_it(settings: Any) -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "serasi.common.logs.WithoutContent"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}


def test_the_key_of_a_field_device_is_masked_wherever_its_address_is_logged() -> None:
    said = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "%s", ("/openrosa/k/Ra7-h_s1a/formList",), None
    )

    assert WithoutContent("%(message)s").format(said) == "/openrosa/k/…/formList"

"""Letters that were issued: of one file, and by the code on the paper."""

from hashlib import sha256

from django.db.models import QuerySet

from serasi.cases.models import Case, Letter


def letters_of(case: Case) -> QuerySet[Letter]:
    """The letters of a file, the latest first, for a reader who may see the file."""
    return Letter.objects.filter(document__case=case).select_related("document")


def letter_with(code: str) -> Letter | None:
    """The letter whose paper carries this code. For anyone: nothing reached from here tells of the person."""
    return Letter.objects.filter(code=code).select_related("unit").first()


def is_the_issued_file(letter: Letter, content: bytes) -> bool:
    return sha256(content).hexdigest() == letter.sha256

"""What names are found by. Derived from persons, aliases and addresses by the database itself (see `sql/index.sql`)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from serasi.access.models import Classified
from serasi.people.database import FUNCTIONS
from serasi.people.enums import NameKind
from serasi.people.models.person import Person


class SearchName(models.Model):
    """One name of one person in its normal form, with what narrows a search.

    No row-level security: it would switch the indexes off. The application's role cannot read this table at all; it
    asks ``people_search``, which checks, logs, and hides the sealed.
    """

    personal = Classified(
        none="id kind is_sealed", general="person root key words sex region", specific="year_from year_to"
    )
    database_functions: ClassVar[str] = FUNCTIONS
    withheld: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"

    id = models.BigAutoField(primary_key=True)
    # CASCADE: derived from the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)
    root = models.UUIDField()
    kind = models.CharField(max_length=6, choices=NameKind)
    key = models.CharField(max_length=400)
    words = SearchVectorField()
    sex = models.CharField(max_length=1)
    year_from = models.PositiveSmallIntegerField(null=True)
    year_to = models.PositiveSmallIntegerField(null=True)
    region = models.CharField(max_length=13, blank=True)
    is_sealed = models.BooleanField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="people_searchname_words", fastupdate=False),
            GinIndex(OpClass("key", name="gin_trgm_ops"), name="people_searchname_trigram", fastupdate=False),
            models.Index(fields=["key"], name="people_searchname_key"),
        ]

    def __str__(self) -> str:
        return self.key


class NameWord(models.Model):
    """A word that occurs in names: the vocabulary through which a misspelt word finds its likely meanings.

    ``slips`` holds the word and every form of it with one letter left out: two words one slip apart share a form.
    """

    personal = Classified(none="word slips people")
    withheld: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"

    word = models.CharField(max_length=400, primary_key=True)
    slips = ArrayField(models.CharField(max_length=400))
    people = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            GinIndex(fields=["slips"], name="people_nameword_slips", fastupdate=False),
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="people_nameword_trigram", fastupdate=False),
            models.Index(OpClass("word", name="text_pattern_ops"), name="people_nameword_prefix"),
        ]

    def __str__(self) -> str:
        return self.word

"""Unit rows repeat the name that lists are sorted by; those that are here already learn it."""

from django.db import migrations, models
from django.db.models import Q

LEARN = """
SELECT set_config('serasi.actor', '00000000-0000-7000-8000-000000000001', true),
    set_config('serasi.operation', 'people.unit.listed_as', true), set_config('serasi.scope', 'system', true);
UPDATE people_personunit known SET listed_as = person.sort_key FROM people_person person
WHERE person.id = known.person_id AND person.merged_into_id IS NULL;
SELECT set_config('serasi.actor', '', true), set_config('serasi.operation', '', true),
    set_config('serasi.scope', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_words")]

    operations = [
        migrations.AddField("personunit", "listed_as", models.CharField(editable=False, max_length=400, null=True)),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
        migrations.AddIndex(
            "personunit",
            models.Index(
                condition=Q(("listed_as__isnull", False), ("until_at", None)),
                fields=["unit", "listed_as", "person"],
                include=("is_sealed",),
                name="people_unit_by_name",
            ),
        ),
    ]

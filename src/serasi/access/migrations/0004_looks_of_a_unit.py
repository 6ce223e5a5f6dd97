"""Heads read the looks of their units."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0003_sign_in")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX access_look_of_unit ON access_look (unit_id, at)", "DROP INDEX access_look_of_unit"
        ),
    ]

"""A look is at a person, a case or a report; nothing else is written into the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_words")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE access_look ADD CONSTRAINT access_look_is_at_a_file"
            " CHECK (subject IN ('person', 'case', 'report'))",
            "ALTER TABLE access_look DROP CONSTRAINT access_look_is_at_a_file",
        ),
        migrations.AlterField(
            "emergencyaccess",
            "subject",
            models.CharField(
                choices=[("person", "Data orang"), ("case", "Berkas kasus"), ("report", "Laporan")], max_length=10
            ),
        ),
    ]

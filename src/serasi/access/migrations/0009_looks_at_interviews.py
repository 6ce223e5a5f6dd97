"""A look may be at an interview of a survey too. What stands in the log fits the new rule, as it fits the old one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0008_outbox")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE access_look DROP CONSTRAINT access_look_is_at_a_file,"
            " ADD CONSTRAINT access_look_is_at_a_file"
            " CHECK (subject IN ('person', 'case', 'report', 'interview')) NOT VALID",
            "ALTER TABLE access_look DROP CONSTRAINT access_look_is_at_a_file,"
            " ADD CONSTRAINT access_look_is_at_a_file"
            " CHECK (subject IN ('person', 'case', 'report')) NOT VALID",
        ),
        migrations.AlterField(
            "emergencyaccess",
            "subject",
            models.CharField(
                choices=[
                    ("person", "Data orang"),
                    ("case", "Berkas kasus"),
                    ("report", "Laporan"),
                    ("interview", "Wawancara"),
                ],
                max_length=10,
            ),
        ),
    ]

"""Reports know that a child in court came of them; those that are here already learn it."""

from django.db import migrations, models

LEARN = """
SELECT set_config('serasi.actor', '00000000-0000-7000-8000-000000000001', true),
    set_config('serasi.operation', 'cases.report.is_sppa', true), set_config('serasi.scope', 'system', true);
UPDATE cases_report report SET is_sppa = true WHERE EXISTS (
    SELECT 1 FROM cases_case file JOIN people_person person ON person.id = file.person_id
    WHERE file.report_id = report.id AND (file.confidentiality = 'sppa' OR person.confidentiality = 'sppa'));
SELECT set_config('serasi.actor', '', true), set_config('serasi.operation', '', true),
    set_config('serasi.scope', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_names_have_one_english"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField("report", "is_sppa", models.BooleanField(default=False)),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]

"""The file of a roster is sealed while it waits to be read; what is stored already is read as it is."""

from django.db import migrations

import serasi.common.encryption


class Migration(migrations.Migration):
    dependencies = [("interop", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="rosterimport",
            name="content",
            field=serasi.common.encryption.EncryptedBinaryField(context="interop.RosterImport.content", null=True),
        ),
    ]

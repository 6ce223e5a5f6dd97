"""What phones kept while there was no signal (docs/adr/0015)."""

import django.db.models.deletion
import serasi.common.encryption
import serasi.common.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_looks_at_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxEntry',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=300)),
                ('label', models.CharField(max_length=80)),
                ('typed_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('status', models.PositiveIntegerField(null=True)),
                ('content_type', models.CharField(blank=True, max_length=200)),
                ('content', serasi.common.encryption.EncryptedBinaryField(context='access.OutboxEntry.content', null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('is_dropped', models.BooleanField(default=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['typed_at', 'id'],
                'indexes': [models.Index(fields=['user', '-received_at'], name='access_outbox_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('content', None), ('is_dropped', False), ('settled_at', None), ('status', None)), models.Q(('content__isnull', False), ('is_dropped', False), ('settled_at', None), ('status__isnull', False)), models.Q(('content', None), ('settled_at__isnull', False), ('status__isnull', False)), _connector='OR'), name='access_outbox_keeps_what_waits', violation_error_message='Kiriman yang sudah selesai tidak menyimpan isi.')],
            },
        ),
    ]

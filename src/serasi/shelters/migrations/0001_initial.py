"""The first tables of this app: gatherings, arrivals and what became of them. Nothing stands in them yet."""

import django.contrib.postgres.fields
import django.db.models.deletion
import serasi.access.models.record
import serasi.common.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0008_outbox'),
        ('institutions', '0003_words'),
        ('people', '0008_consents_to_stop'),
        ('residence', '0001_stays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('shelter', 'Penampungan sementara (TPS)'), ('round_up', 'Hasil penertiban (razia)'), ('disaster', 'Bencana'), ('other', 'Lainnya')], max_length=8, verbose_name='jenis')),
                ('place', models.CharField(max_length=120, verbose_name='tempat')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='daya tampung')),
                ('join_code', models.CharField(max_length=8, unique=True)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'verbose_name': 'penampungan',
                'ordering': ['-opened_at'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__gte', models.F('opened_at')), ('closed_by__isnull', False)), _connector='OR'), name='shelters_closing_is_whole', violation_error_message='Waktu tutup tidak boleh sebelum waktu buka.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tag', models.PositiveIntegerField(verbose_name='nomor')),
                ('group_tag', models.PositiveIntegerField(verbose_name='nomor kepala keluarga')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nama yang disebut')),
                ('sex', models.CharField(choices=[('L', 'Laki-laki'), ('P', 'Perempuan'), ('X', 'Belum diketahui')], max_length=1, verbose_name='jenis kelamin')),
                ('age', models.PositiveSmallIntegerField(verbose_name='umur kira-kira')),
                ('origin', models.CharField(blank=True, max_length=120, verbose_name='asal')),
                ('photo', models.FileField(blank=True, max_length=120, upload_to='shelters/photos/', verbose_name='foto')),
                ('health', models.CharField(choices=[('green', 'Hijau: tampak sehat'), ('yellow', 'Kuning: perlu diperiksa hari ini'), ('red', 'Merah: perlu pertolongan sekarang')], default='green', max_length=6, verbose_name='kesehatan')),
                ('dangers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('violence', 'Terancam atau mengalami kekerasan'), ('trafficked', 'Diduga diperdagangkan atau dieksploitasi'), ('self_harm', 'Ingin mati atau melukai diri'), ('agitated', 'Gaduh gelisah atau membahayakan orang lain'), ('contagious', 'Batuk lama, demam dengan ruam, atau tanda menular')], max_length=10), blank=True, default=list, size=None, verbose_name='bahaya')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('pregnant', 'Hamil atau menyusui'), ('disabled', 'Disabilitas'), ('injured', 'Luka'), ('medicine', 'Butuh obat rutin')], max_length=8), blank=True, default=list, size=None, verbose_name='kebutuhan')),
                ('belongings', models.CharField(blank=True, max_length=300, verbose_name='barang titipan')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='keterangan')),
                ('arrived_at', models.DateTimeField()),
                ('registered_at', models.DateTimeField()),
                ('is_late', models.BooleanField(default=False)),
                ('revision', serasi.access.models.record.RevisionField(default=1, editable=False)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='shelters.gathering')),
            ],
            options={
                'verbose_name': 'kedatangan',
                'ordering': ['tag'],
                'indexes': [
                    models.Index(fields=['gathering', 'group_tag'], name='shelters_arrival_group'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('gathering', 'tag'), name='shelters_tag_is_worn_once', violation_error_message='Nomor ini sudah dipakai orang lain. Pakai nomor berikutnya.'),
                    models.CheckConstraint(condition=models.Q(('group_tag__gte', 1), ('group_tag__lte', 99999), ('tag__gte', 1), ('tag__lte', 99999)), name='shelters_tags_are_numbers', violation_error_message='Nomor harus antara 1 dan 99.999.'),
                    models.CheckConstraint(condition=models.Q(('age__lte', 120)), name='shelters_age_is_human', violation_error_message='Umur paling tinggi 120 tahun.'),
                    models.CheckConstraint(condition=models.Q(('dangers__contained_by', ['violence', 'trafficked', 'self_harm', 'agitated', 'contagious']), ('needs__contained_by', ['pregnant', 'disabled', 'injured', 'medicine'])), name='shelters_triage_is_known', violation_error_message='Jawaban triase ini tidak dikenal.'),
                    models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('gathering', 'person'), name='shelters_person_came_once', violation_error_message='Orang ini sudah dicocokkan dengan nomor lain di sini. Bila tercatat dua kali, teruskan salah satunya sebagai “Tercatat dua kali”.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('joined_at', models.DateTimeField()),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helping', to='shelters.gathering')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('gathering', 'user'), name='shelters_helper_joins_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('batch', models.UUIDField()),
                ('kind', models.CharField(choices=[('placed', 'Ditempatkan di unit'), ('family', 'Pulang atau dijemput keluarga'), ('home_region', 'Diserahkan ke daerah asal'), ('hospital', 'Rumah sakit'), ('police', 'Polisi'), ('left', 'Pergi sendiri'), ('died', 'Meninggal'), ('duplicate', 'Tercatat dua kali')], max_length=11, verbose_name='diteruskan')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('happened_at', models.DateTimeField()),
                ('written_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('arrival', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='shelters.arrival')),
                ('reservation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residence.reservation')),
                ('to_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penerusan',
                'ordering': ['-happened_at'],
                'indexes': [
                    models.Index(fields=['batch'], name='shelters_outcome_batch'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('arrival',), name='shelters_arrival_goes_one_way', violation_error_message='Orang ini sudah diteruskan. Batalkan dulu penerusannya.'),
                    models.CheckConstraint(condition=models.Q(('kind', 'placed'), models.Q(('reservation', None), ('to_unit', None)), _connector='OR'), name='shelters_only_placing_names_a_unit', violation_error_message='Unit hanya diisi bila orangnya ditempatkan.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='shelters_withdrawing_is_whole', violation_error_message='Tulis mengapa penerusan ini dibatalkan.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TagRange',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('given_at', models.DateTimeField()),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranges', to='shelters.gathering')),
                ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['first'],
                'constraints': [
                    models.UniqueConstraint(fields=('gathering', 'first'), name='shelters_range_is_given_once'),
                    models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='shelters_range_has_numbers'),
                ],
            },
        ),
    ]

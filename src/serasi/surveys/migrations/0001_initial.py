"""The first tables of this app: surveys, who asks, what was answered and decided. Nothing stands in them yet."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import serasi.access.models.record
import serasi.common.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0009_looks_at_interviews'),
        ('assessments', '0001_initial'),
        ('cases', '0010_team_is_found_by_its_member'),
        ('institutions', '0003_words'),
        ('people', '0008_consents_to_stop'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('instance', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('problems', models.JSONField(default=list)),
                ('evaluator', models.CharField(max_length=20)),
                ('village_found_at', models.DateTimeField(blank=True, null=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('accuracy', models.FloatField(blank=True, null=True)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('held_on', models.DateField(verbose_name='tanggal wawancara')),
                ('arrived_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('void_reason', models.CharField(blank=True, max_length=500, verbose_name='alasan')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.edition')),
                ('enumerator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='surveys.interview')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
                ('village_found_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wawancara',
                'ordering': ['-held_on', '-started_at'],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=150, verbose_name='nama survei')),
                ('purpose', models.TextField(max_length=2000, verbose_name='tujuan')),
                ('begins_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(verbose_name='sampai')),
                ('written_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('revision', serasi.access.models.record.RevisionField(default=1, editable=False)),
                ('archived_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='assessments.edition', verbose_name='formulir')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='wilayah')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='access.unit', verbose_name='unit')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'survei',
                'ordering': ['-begins_on', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=500, verbose_name='untuk apa')),
                ('level', models.PositiveSmallIntegerField()),
                ('rows', models.PositiveIntegerField()),
                ('unique_rows', models.PositiveIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='surveys.survey')),
            ],
            options={
                'ordering': ['-taken_at'],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reader', models.PositiveSmallIntegerField(default=1)),
                ('traits', models.JSONField()),
                ('people', models.PositiveSmallIntegerField()),
                ('written', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('checked_at', models.DateTimeField(null=True)),
                ('enumerator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reading', to='surveys.interview')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
            ],
        ),
        migrations.AddField(
            model_name='interview',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='surveys.survey'),
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('same_nik', 'NIK sama'), ('same_person', 'Nama, umur dan desa sama'), ('same_phone', 'Nomor telepon sama'), ('outlier', 'Angka jauh dari yang biasa'), ('too_fast', 'Terlalu cepat'), ('far_away', 'Jauh dari yang lain di desa itu'), ('outside_area', 'Di luar wilayah survei'), ('same_place', 'Banyak wawancara di satu titik'), ('no_point', 'Tanpa titik lokasi'), ('dont_know', 'Banyak jawaban tidak tahu'), ('incomplete', 'Jawaban kurang atau tidak sesuai')], max_length=12)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('facts', models.JSONField(default=dict)),
                ('others', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('enumerator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='surveys.interview')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
            ],
            options={
                'ordering': ['-started_at', '-interview', '-kind', '-about'],
            },
        ),
        migrations.CreateModel(
            name='Enumerator',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='masa tugas')),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enumerators', to='surveys.survey')),
            ],
            options={
                'verbose_name': 'pewawancara',
                'ordering': ['user__full_name', 'period'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('count', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.edition')),
                ('enumerator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.interview')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='surveys.survey')),
            ],
            options={
                'ordering': ['-saved_at'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('interviews', models.PositiveIntegerField(default=0)),
                ('answers', models.JSONField(default=dict)),
                ('known', models.JSONField(default=dict)),
                ('enumerator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
                ('village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
            ],
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('interviews', models.PositiveIntegerField(verbose_name='target')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='surveys.survey')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
            ],
            options={
                'ordering': ['village__code'],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('same_nik', 'NIK sama'), ('same_person', 'Nama, umur dan desa sama'), ('same_phone', 'Nomor telepon sama'), ('outlier', 'Angka jauh dari yang biasa'), ('too_fast', 'Terlalu cepat'), ('far_away', 'Jauh dari yang lain di desa itu'), ('outside_area', 'Di luar wilayah survei'), ('same_place', 'Banyak wawancara di satu titik'), ('no_point', 'Tanpa titik lokasi'), ('dont_know', 'Banyak jawaban tidak tahu'), ('incomplete', 'Jawaban kurang atau tidak sesuai')], max_length=12)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(choices=[('fine', 'Benar begitu adanya'), ('again', 'Wawancara ulang'), ('void', 'Dibatalkan')], max_length=5, verbose_name='keputusan')),
                ('reason', models.CharField(max_length=500, verbose_name='alasan')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='surveys.interview')),
            ],
            options={
                'ordering': ['decided_at'],
            },
        ),
        migrations.CreateModel(
            name='DraftFile',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('media_type', models.CharField(max_length=80)),
                ('content', models.FileField(upload_to='interviews/%Y/%m')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='surveys.draft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'name'), name='surveys_draft_file_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='InterviewFile',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('file', models.FileField(upload_to='interviews/%Y/%m')),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('arrived_at', models.DateTimeField()),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='surveys.interview')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('interview', 'name'), name='surveys_file_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Settled',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('is_new', models.BooleanField()),
                ('settled_at', models.DateTimeField()),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='surveys.interview')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.report')),
                ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('interview', 'place'), name='surveys_row_is_settled_once', violation_error_message='Orang ini sudah dijadikan orang.')],
            },
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(fields=['unit', 'ends_on'], name='surveys_of_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='surveys_survey_says_what_for', violation_error_message='Isi nama dan tujuan survei.'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='surveys_days_are_in_order', violation_error_message='Tanggal selesai tidak boleh sebelum tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('opened_by', None)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='surveys_opening_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__gte', models.F('opened_at')), ('closed_by__isnull', False), ('opened_at__isnull', False)), _connector='OR'), name='surveys_only_opened_is_closed', violation_error_message='Hanya survei yang sudah dibuka yang dapat ditutup.'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('archived_at', None), ('archived_by', None)), models.Q(('archived_at__isnull', False), ('archived_by__isnull', False), models.Q(('opened_at', None), ('closed_at__isnull', False), _connector='OR')), _connector='OR'), name='surveys_running_is_not_archived', violation_error_message='Tutup dahulu survei yang masih berjalan.'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='surveys_release_says_what_for', violation_error_message='Tulis untuk apa data ini dipakai.'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['survey', 'checked_at'], name='surveys_readings_by_check'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('checked_at', None)), fields=['survey'], name='surveys_readings_to_check'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('place', ''), _negated=True), fields=['survey'], name='surveys_places_in_words'),
        ),
        migrations.AddIndex(
            model_name='interview',
            index=models.Index(fields=['survey', 'held_on'], name='surveys_interviews_of_a_day'),
        ),
        migrations.AddIndex(
            model_name='interview',
            index=models.Index(fields=['enumerator', 'survey'], name='surveys_interviews_of_someone'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__gte', models.F('arrived_at')), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='surveys_voiding_says_why', violation_error_message='Tulis mengapa wawancara ini dibatalkan.'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('village_found_at', None), ('village_found_by', None)), models.Q(('village__isnull', False), ('village_found_at__isnull', False), ('village_found_by__isnull', False)), _connector='OR'), name='surveys_found_village_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='surveys_interview_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='surveys_point_is_on_earth'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', models.F('id')), _negated=True), name='surveys_interview_replaces_another'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['survey', '-started_at'], name='surveys_findings_in_order'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('interview', 'kind', 'about'), name='surveys_one_finding_each'),
        ),
        migrations.AddConstraint(
            model_name='enumerator',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('survey'), '='), (models.F('user'), '='), (models.F('period'), '&&')], name='surveys_enumerator_is_named_once', violation_error_message='Petugas ini sudah menjadi pewawancara survei ini.'),
        ),
        migrations.AddConstraint(
            model_name='enumerator',
            constraint=models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False), ('period__isempty', False)), name='surveys_enumerator_has_a_start', violation_error_message='Tanggal berhenti tidak boleh sebelum tanggal mulai bertugas.'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('survey', 'held_on', 'enumerator', 'village'), name='surveys_one_tally_each', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('survey', 'village'), name='surveys_village_has_one_target', violation_error_message='Desa ini sudah punya target.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('interviews__gte', 1)), name='surveys_target_is_at_least_one', violation_error_message='Target paling sedikit satu wawancara.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('interview', 'kind', 'about'), name='surveys_finding_is_decided_once', violation_error_message='Temuan ini sudah diputuskan.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='surveys_verdict_says_why', violation_error_message='Tulis alasannya.'),
        ),
    ]

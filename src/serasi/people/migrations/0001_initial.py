import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import serasi.access.models.record
import serasi.common.encryption
import serasi.common.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0002_ground'),
        ('institutions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='klaster')),
                ('short', models.CharField(max_length=20)),
                ('is_target', models.BooleanField()),
                ('position', models.PositiveSmallIntegerField()),
                ('edition', models.CharField(max_length=40)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='PasKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='kelompok 12-PAS')),
                ('position', models.PositiveSmallIntegerField()),
                ('edition', models.CharField(max_length=40)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kk', serasi.common.encryption.EncryptedTextField(blank=True, context='people.Household.kk', max_length=16, null=True, verbose_name='nomor KK')),
                ('kk_hash', serasi.common.encryption.KeyedHashField(blank=True, null=True, purpose='kk', source='kk')),
                ('line', models.CharField(blank=True, max_length=200, verbose_name='alamat')),
                ('rt', models.CharField(blank=True, max_length=3, verbose_name='RT')),
                ('rw', models.CharField(blank=True, max_length=3, verbose_name='RW')),
                ('revision', serasi.access.models.record.RevisionField(default=1, editable=False)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='wilayah')),
            ],
        ),
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('word', models.CharField(max_length=400, primary_key=True, serialize=False)),
                ('slips', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=400), size=None)),
                ('people', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['slips'], name='people_nameword_slips'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), fastupdate=False, name='people_nameword_trigram'), models.Index(django.contrib.postgres.indexes.OpClass('word', name='text_pattern_ops'), name='people_nameword_prefix')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('full_name', models.CharField(blank=True, max_length=150, verbose_name='nama lengkap')),
                ('name_key', models.CharField(blank=True, editable=False, max_length=400)),
                ('sort_key', models.CharField(blank=True, editable=False, max_length=400)),
                ('nickname', models.CharField(blank=True, max_length=80, verbose_name='nama panggilan')),
                ('nickname_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('description', models.CharField(blank=True, max_length=500, verbose_name='ciri-ciri')),
                ('identity_state', models.CharField(choices=[('tidak_dikenal', 'Tidak dikenal'), ('menurut_pengakuan', 'Menurut pengakuan'), ('dokumen_dilihat', 'Dokumen dilihat'), ('terverifikasi', 'Terverifikasi'), ('diragukan', 'Diragukan')], max_length=20, verbose_name='keadaan identitas')),
                ('sex', models.CharField(choices=[('L', 'Laki-laki'), ('P', 'Perempuan'), ('X', 'Belum diketahui')], max_length=1, verbose_name='jenis kelamin')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='tanggal lahir')),
                ('birth_year_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lahir paling awal tahun')),
                ('birth_year_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lahir paling akhir tahun')),
                ('birth_place', models.CharField(blank=True, max_length=80, verbose_name='tempat lahir')),
                ('mother_name', models.CharField(blank=True, max_length=150, verbose_name='nama ibu kandung')),
                ('religion', models.CharField(blank=True, max_length=30, verbose_name='agama')),
                ('marital', models.CharField(blank=True, max_length=30, verbose_name='status perkawinan')),
                ('education', models.CharField(blank=True, max_length=30, verbose_name='pendidikan')),
                ('died_on', models.DateField(blank=True, null=True, verbose_name='meninggal tanggal')),
                ('nik', serasi.common.encryption.EncryptedTextField(blank=True, context='people.Person.nik', max_length=16, null=True, verbose_name='NIK')),
                ('nik_hash', serasi.common.encryption.KeyedHashField(blank=True, db_index=True, null=True, purpose='nik', source='nik')),
                ('no_nik_reason', models.CharField(blank=True, max_length=40, verbose_name='alasan tanpa NIK')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('confidentiality', models.CharField(choices=[('ordinary', 'Biasa'), ('sppa', 'Anak dalam perkara (SPPA)'), ('sealed', 'Tersegel')], default='ordinary', max_length=10, verbose_name='kerahasiaan')),
                ('photo', models.FileField(blank=True, max_length=120, upload_to='people/photos/', verbose_name='foto')),
                ('registered_at', models.DateTimeField(verbose_name='didaftarkan')),
                ('revision', serasi.access.models.record.RevisionField(default=1, editable=False)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='people.person')),
                ('registered_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='unit pendaftar')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['sort_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=500, verbose_name='alasan')),
                ('choices', models.JSONField(default=dict)),
                ('moved', models.JSONField(default=dict)),
                ('repointed', models.JSONField(default=list)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('merged_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=500, verbose_name='alasan pembatalan')),
                ('merged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_away', to='people.person')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='people.person')),
            ],
            options={
                'ordering': ['-merged_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(max_length=40, verbose_name='hubungan dengan kepala keluarga')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='masa')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.person')),
            ],
            options={
                'ordering': ['household', 'period', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Distinction',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='distinctions_from', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='distinctions', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('care', 'Pelayanan rehabilitasi sosial'), ('sharing', 'Berbagi data dengan lembaga lain'), ('photo', 'Pengambilan dan pemakaian foto'), ('health', 'Pemrosesan data kesehatan'), ('research', 'Penelitian dan pembelajaran')], max_length=10, verbose_name='untuk')),
                ('text_version', models.CharField(max_length=40, verbose_name='naskah persetujuan')),
                ('given_by', models.CharField(choices=[('self', 'Yang bersangkutan'), ('guardian', 'Orang tua atau wali')], max_length=10, verbose_name='diberikan oleh')),
                ('guardian_name', models.CharField(blank=True, max_length=150, verbose_name='nama orang tua atau wali')),
                ('method', models.CharField(choices=[('signature', 'Tanda tangan'), ('thumbprint', 'Cap jempol'), ('verbal', 'Lisan di depan saksi')], max_length=10, verbose_name='cara')),
                ('witness_name', models.CharField(blank=True, max_length=150, verbose_name='nama saksi')),
                ('given_at', models.DateTimeField(verbose_name='diberikan')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ditarik')),
                ('withdrawal_reason', models.CharField(blank=True, max_length=500, verbose_name='alasan penarikan')),
                ('withdrawal_due_at', models.DateTimeField(blank=True, null=True, verbose_name='pemrosesan berhenti paling lambat')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='pemrosesan dihentikan')),
                ('explained_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijelaskan oleh')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'ordering': ['-given_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('alias', 'Nama lain'), ('street', 'Nama jalanan'), ('former', 'Nama dahulu'), ('spelling', 'Ejaan lain pada dokumen')], default='alias', max_length=10, verbose_name='jenis')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('name_key', models.CharField(editable=False, max_length=400)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='people.person')),
            ],
            options={
                'ordering': ['name_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('domicile', 'Domisili sekarang'), ('origin', 'Alamat asal (KTP/KK)'), ('found', 'Tempat ditemukan')], max_length=10, verbose_name='jenis alamat')),
                ('line', models.CharField(blank=True, max_length=200, verbose_name='alamat')),
                ('rt', models.CharField(blank=True, max_length=3, verbose_name='RT')),
                ('rw', models.CharField(blank=True, max_length=3, verbose_name='RW')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='berlaku')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='wilayah')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='people.person')),
            ],
            options={
                'ordering': ['kind', '-period'],
            },
        ),
        migrations.CreateModel(
            name='PersonTeam',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since_at', models.DateTimeField(verbose_name='sejak')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='sampai')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='people.person')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people_teams', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since_at'],
            },
        ),
        migrations.CreateModel(
            name='PersonUnit',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since_at', models.DateTimeField(verbose_name='sejak')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='sampai')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('is_sealed', models.BooleanField(default=False, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'ordering': ['since_at'],
            },
        ),
        migrations.CreateModel(
            name='PpksKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='jenis PPKS')),
                ('number', models.PositiveSmallIntegerField()),
                ('edition', models.CharField(max_length=40)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kinds', to='people.cluster')),
                ('pas', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kinds', to='people.paskind')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='PersonKind',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('criteria', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='kriteria')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='masa')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kinds', to='people.person')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.ppkskind', verbose_name='jenis PPKS')),
            ],
            options={
                'ordering': ['kind__number', '-period'],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.UUIDField(default=serasi.common.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(max_length=40, verbose_name='hubungan')),
                ('is_guardian', models.BooleanField(default=False, verbose_name='wali yang sah')),
                ('contact_name', models.CharField(blank=True, max_length=150, verbose_name='nama')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('contact_address', models.CharField(blank=True, max_length=250, verbose_name='alamat')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='masa')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='related_from', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relationships', to='people.person')),
            ],
            options={
                'ordering': ['-is_guardian', 'relation', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SearchName',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('root', models.UUIDField()),
                ('kind', models.CharField(choices=[('full', 'nama lengkap'), ('nick', 'nama panggilan'), ('alias', 'nama lain'), ('merged', 'nama pada data yang digabung')], max_length=6)),
                ('key', models.CharField(max_length=400)),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('sex', models.CharField(max_length=1)),
                ('year_from', models.PositiveSmallIntegerField(null=True)),
                ('year_to', models.PositiveSmallIntegerField(null=True)),
                ('region', models.CharField(blank=True, max_length=13)),
                ('is_sealed', models.BooleanField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kk__isnull', True), ('kk_hash__isnull', True)), models.Q(('kk__isnull', False), ('kk_hash__isnull', False)), _connector='OR'), name='people_household_kk_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.UniqueConstraint(condition=models.Q(('kk_hash__isnull', False)), fields=('kk_hash',), name='people_one_household_per_kk', violation_error_message='Nomor KK ini sudah tercatat.'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(('rt__regex', '^\\d{0,3}$'), ('rw__regex', '^\\d{0,3}$')), name='people_household_rt_rw_are_digits', violation_error_message='RT dan RW berisi angka, paling banyak tiga.'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='people_person_phone'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='people_person_absorbed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('full_name', ''), _negated=True), models.Q(('nickname', ''), _negated=True), models.Q(('description', ''), _negated=True), _connector='OR'), name='people_person_can_be_told_apart', violation_error_message='Isi nama, nama panggilan, atau ciri-ciri orang ini.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nik__isnull', True), ('nik_hash__isnull', True), models.Q(('no_nik_reason', ''), _negated=True)), models.Q(('nik__isnull', False), ('nik_hash__isnull', False), ('no_nik_reason', '')), _connector='OR'), name='people_person_has_nik_or_a_reason', violation_error_message='Isi NIK, atau pilih alasan mengapa tidak ada. Salah satu saja.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('birth_year_from', None), ('birth_year_to', None)), models.Q(('birth_year_from__gte', 1880), ('birth_year_to__gte', models.F('birth_year_from'))), _connector='OR'), name='people_person_birth_years_are_ordered', violation_error_message='Tahun lahir paling awal tidak boleh sesudah paling akhir.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('birth_date', None), models.Q(('birth_year_from', django.db.models.functions.datetime.ExtractYear('birth_date')), ('birth_year_to', django.db.models.functions.datetime.ExtractYear('birth_date'))), _connector='OR'), name='people_person_birth_years_follow_the_day', violation_error_message='Tahun lahir harus sama dengan tahun pada tanggal lahir.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('died_on', None), ('birth_date', None), ('died_on__gte', models.F('birth_date')), _connector='OR'), name='people_person_dies_after_birth', violation_error_message='Tanggal meninggal tidak boleh sebelum tanggal lahir.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='people_person_is_not_merged_into_itself', violation_error_message='Seseorang tidak dapat digabung dengan dirinya sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['L', 'P', 'X']), ('identity_state__in', ['tidak_dikenal', 'menurut_pengakuan', 'dokumen_dilihat', 'terverifikasi', 'diragukan']), ('confidentiality__in', ['ordinary', 'sppa', 'sealed'])), name='people_person_codes_are_known', violation_error_message='Pilihan ini tidak dikenal.'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('absorbed')), _negated=True), name='people_merge_is_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='people_merge_has_a_reason', violation_error_message='Isi alasannya.'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at', None), ('undone_by', None)), models.Q(('undone_at__gte', models.F('merged_at')), ('undone_by__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='people_merge_undo_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('absorbed',), name='people_absorbed_into_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('person'), '='), (models.F('period'), '&&')], name='people_one_household_at_a_time', violation_error_message='Orang ini sudah tercatat dalam keluarga lain pada masa itu.'),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False), ('period__isempty', False)), name='people_household_member_has_a_start', violation_error_message='Masa harus punya tanggal mulai sebelum tanggal selesai.'),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.CheckConstraint(condition=models.Q(('relation', ''), _negated=True), name='people_household_member_has_a_relation', violation_error_message='Pilih hubungan dengan kepala keluarga.'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='people_distinction_is_of_two'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.UniqueConstraint(fields=('person', 'other'), name='people_distinction_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_by', 'guardian'), models.Q(('guardian_name', ''), _negated=True)), models.Q(('given_by', 'self'), ('guardian_name', '')), _connector='OR'), name='people_consent_names_its_guardian', violation_error_message='Isi nama orang tua atau wali bila ia yang memberi persetujuan.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('method', 'signature'), models.Q(('witness_name', ''), _negated=True), _connector='OR'), name='people_consent_without_signature_has_a_witness', violation_error_message='Cap jempol dan persetujuan lisan memerlukan nama saksi.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at', None), ('withdrawal_due_at', None), ('withdrawal_reason', ''), ('withdrawn_at', None)), models.Q(('withdrawal_due_at__gt', models.F('withdrawn_at')), ('withdrawal_due_at__isnull', False), ('withdrawn_at__gte', models.F('given_at')), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='people_consent_withdrawal_is_whole', violation_error_message='Penarikan persetujuan memerlukan waktu dan alasan.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('text_version', ''), _negated=True), name='people_consent_names_its_text'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='people_alias_has_a_name', violation_error_message='Isi nama lainnya.'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.UniqueConstraint(fields=('person', 'name'), name='people_alias_stands_once', violation_error_message='Nama ini sudah tercatat.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('region__isnull', False), models.Q(('line', ''), _negated=True), _connector='OR'), name='people_address_says_where', violation_error_message='Isi wilayah atau alamatnya.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('rt__regex', '^\\d{0,3}$'), ('rw__regex', '^\\d{0,3}$')), name='people_address_rt_rw_are_digits', violation_error_message='RT dan RW berisi angka, paling banyak tiga.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False), ('period__isempty', False)), name='people_address_has_a_start', violation_error_message='Alamat harus punya tanggal mulai sebelum tanggal selesai.'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('person'), '='), (models.F('kind'), '='), (models.F('period'), '&&')], name='people_one_address_of_a_kind_at_a_time', violation_error_message='Sudah ada alamat sejenis pada masa itu. Akhiri dahulu yang lama.'),
        ),
        migrations.AddIndex(
            model_name='personteam',
            index=models.Index(condition=models.Q(('until_at', None)), fields=['user', 'person'], name='people_team_open'),
        ),
        migrations.AddConstraint(
            model_name='personteam',
            constraint=models.CheckConstraint(condition=models.Q(('until_at', None), ('until_at__gte', models.F('since_at')), _connector='OR'), name='people_team_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='personteam',
            constraint=models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('person', 'user'), name='people_team_has_a_user_once'),
        ),
        migrations.AddIndex(
            model_name='personunit',
            index=models.Index(condition=models.Q(('until_at', None)), fields=['unit', 'person'], name='people_unit_open'),
        ),
        migrations.AddConstraint(
            model_name='personunit',
            constraint=models.CheckConstraint(condition=models.Q(('until_at', None), ('until_at__gte', models.F('since_at')), _connector='OR'), name='people_unit_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='personunit',
            constraint=models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('person', 'unit'), name='people_unit_knows_a_person_once', violation_error_message='Orang ini sudah terdaftar di unit tersebut.'),
        ),
        migrations.AddConstraint(
            model_name='personkind',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('person'), '='), (models.F('kind'), '='), (models.F('period'), '&&')], name='people_one_kind_once_at_a_time', violation_error_message='Jenis ini sudah tercatat untuk masa itu.'),
        ),
        migrations.AddConstraint(
            model_name='personkind',
            constraint=models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False), ('period__isempty', False)), name='people_kind_has_a_start', violation_error_message='Masa harus punya tanggal mulai sebelum tanggal selesai.'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contact_name', ''), ('other__isnull', False)), models.Q(('other', None), models.Q(('contact_name', ''), _negated=True)), _connector='OR'), name='people_relationship_names_one_other', violation_error_message='Pilih orang yang terdaftar, atau tulis nama; salah satu saja.'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('other', None), models.Q(('other', models.F('person')), _negated=True), _connector='OR'), name='people_relationship_is_with_another', violation_error_message='Seseorang bukan kerabat dirinya sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('relation', ''), _negated=True), name='people_relationship_has_a_kind', violation_error_message='Pilih hubungannya.'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False), ('period__isempty', False)), name='people_relationship_has_a_start', violation_error_message='Masa harus punya tanggal mulai sebelum tanggal selesai.'),
        ),
        migrations.AddIndex(
            model_name='searchname',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='people_searchname_words'),
        ),
        migrations.AddIndex(
            model_name='searchname',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('key', name='gin_trgm_ops'), fastupdate=False, name='people_searchname_trigram'),
        ),
        migrations.AddIndex(
            model_name='searchname',
            index=models.Index(fields=['key'], name='people_searchname_key'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_covering_index'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('care', 'Pelayanan rehabilitasi sosial'), ('sharing', 'Berbagi data dengan lembaga lain'), ('photo', 'Pengambilan dan pemakaian foto'), ('health', 'Pemrosesan data kesehatan'), ('contact', 'Menghubungi keluarga atau orang lain'), ('matching', 'Pencocokan dengan data lain'), ('research', 'Penelitian'), ('practicum', 'Praktik mahasiswa')], max_length=10, verbose_name='untuk'),
        ),
    ]

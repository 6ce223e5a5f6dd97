"""Addresses of this app: the catalogue and its editions, what is filled in a case, what it found."""

from django.urls import path

from serasi.assessments.views import case, filling, instrument, opinion, plain

app_name = "assessments"
urlpatterns = [
    path("instrumen/", instrument.catalogue, name="catalogue"),
    path("instrumen/unggah/", instrument.upload, name="upload"),
    path("instrumen/edisi/<uuid:edition_id>/", instrument.edition, name="edition"),
    path("instrumen/edisi/<uuid:edition_id>/keterangan/", instrument.describe, name="describe"),
    path("instrumen/edisi/<uuid:edition_id>/berkas/", instrument.files, name="files"),
    path("instrumen/edisi/<uuid:edition_id>/coba/", instrument.preview, name="preview"),
    path("instrumen/edisi/<uuid:edition_id>/coba/isian/", instrument.blank, name="blank"),
    path("instrumen/edisi/<uuid:edition_id>/daftar/<str:name>", instrument.medium, name="medium_of_edition"),
    path("instrumen/edisi/<uuid:edition_id>/formulir.xml", instrument.xform, name="xform"),
    path("instrumen/edisi/<uuid:edition_id>/sumber/", instrument.source, name="source"),
    path("instrumen/edisi/<uuid:edition_id>/lembar.xlsx", instrument.spreadsheet, name="spreadsheet"),
    path("instrumen/edisi/<uuid:edition_id>/terbitkan/", instrument.publish, name="publish"),
    path("instrumen/edisi/<uuid:edition_id>/tutup/", instrument.close, name="close"),
    path("instrumen/edisi/<uuid:edition_id>/buang/", instrument.discard, name="discard"),
    path("asesmen/kasus/<uuid:case_id>/", case.of_case, name="of_case"),
    path("asesmen/kasus/<uuid:case_id>/pilih/", case.choose, name="choose"),
    path("asesmen/kasus/<uuid:case_id>/mulai/<uuid:edition_id>/", case.start, name="start"),
    path("asesmen/kasus/<uuid:case_id>/perkembangan/", case.development, name="development"),
    path("asesmen/<uuid:filling_id>/", filling.filling, name="filling"),
    path("asesmen/<uuid:filling_id>/isian/", filling.answers, name="answers"),
    path("asesmen/<uuid:filling_id>/simpan/", filling.keep, name="keep"),
    path("asesmen/<uuid:filling_id>/berkas/", filling.put_file, name="put_file"),
    path("asesmen/<uuid:filling_id>/berkas/<str:name>", filling.file, name="file"),
    path("asesmen/<uuid:filling_id>/daftar/<str:name>", filling.medium, name="medium"),
    path("asesmen/<uuid:filling_id>/bagian/<str:name>/", plain.part, name="part"),
    path("asesmen/<uuid:filling_id>/putuskan/", plain.settle, name="settle"),
    path("asesmen/<uuid:filling_id>/selesai/", filling.finish, name="finish"),
    path("asesmen/<uuid:filling_id>/batal/", filling.void, name="void"),
    path("asesmen/<uuid:filling_id>/ulang/", filling.again, name="again"),
    path("asesmen/skor/<uuid:score_id>/pendapat/", opinion.state, name="opinion"),
]

"""Addresses of surveys: how far they are, interviews, what was found about them and in them."""

from django.urls import path

from serasi.surveys.views import checks, interview, people, places, results, survey, typing

app_name = "surveys"
urlpatterns = [
    path("survei/", survey.surveys, name="surveys"),
    path("survei/buat/", survey.new, name="new"),
    path("survei/<uuid:survey_id>/", survey.survey, name="survey"),
    path("survei/<uuid:survey_id>/ubah/", survey.change, name="change"),
    path("survei/<uuid:survey_id>/buka/", survey.open_it, name="open"),
    path("survei/<uuid:survey_id>/tutup/", survey.close, name="close"),
    path("survei/<uuid:survey_id>/arsipkan/", survey.archive, name="archive"),
    path("survei/<uuid:survey_id>/pewawancara/", survey.add, name="add"),
    path("survei/<uuid:survey_id>/pewawancara/<uuid:enumerator_id>/", survey.remove, name="remove"),
    path("survei/<uuid:survey_id>/target/", survey.targets, name="targets"),
    path("survei/<uuid:survey_id>/mulai/", typing.begin, name="begin"),
    path("survei/<uuid:survey_id>/wawancara/", interview.interviews, name="interviews"),
    path("survei/<uuid:survey_id>/pemeriksaan/", checks.checks, name="checks"),
    path("survei/<uuid:survey_id>/pemeriksaan/ulang/", checks.check, name="check"),
    path("survei/<uuid:survey_id>/hasil/", results.results, name="results"),
    path("survei/<uuid:survey_id>/hasil/jawaban/", results.texts, name="texts"),
    path("survei/<uuid:survey_id>/data/", results.releases, name="releases"),
    path("survei/<uuid:survey_id>/orang/", people.people, name="people"),
    path("survei/<uuid:survey_id>/tempat/", places.places, name="places"),
    path("survei/isian/<uuid:draft_id>/", typing.typing, name="typing"),
    path("survei/isian/<uuid:draft_id>/jawaban/", typing.typed, name="typed"),
    path("survei/isian/<uuid:draft_id>/simpan/", typing.keep, name="keep"),
    path("survei/isian/<uuid:draft_id>/berkas/", typing.put_file, name="put_file"),
    path("survei/isian/<uuid:draft_id>/berkas/<str:name>", typing.file, name="draft_file"),
    path("survei/isian/<uuid:draft_id>/daftar/<str:name>", typing.medium, name="medium"),
    path("survei/isian/<uuid:draft_id>/kirim/", typing.finish, name="finish"),
    path("survei/isian/<uuid:draft_id>/buang/", typing.discard, name="discard"),
    path("survei/wawancara/<uuid:interview_id>/", interview.interview, name="interview"),
    path("survei/wawancara/<uuid:interview_id>/tempat/", places.place, name="place"),
    path("survei/wawancara/<uuid:interview_id>/dibuka/", interview.looks, name="looks"),
    path("survei/wawancara/<uuid:interview_id>/berkas/<str:name>", interview.file, name="file"),
    path("survei/wawancara/<uuid:interview_id>/batal/", interview.void, name="void"),
    path("survei/wawancara/<uuid:interview_id>/temuan/<str:kind>/", interview.decide, name="decide"),
    path("survei/orang/<uuid:settled_id>/laporan/", people.report, name="report"),
]

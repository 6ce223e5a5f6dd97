"""Letters of a case, and the page that checks a paper."""

from django.urls import path

from serasi.cases.views import letter

urlpatterns = [
    path("kasus/<uuid:case_id>/surat/", letter.letters, name="letters"),
    path("kasus/<uuid:case_id>/surat/<uuid:letter_id>/cabut/", letter.revoke, name="revoke_letter"),
    path("periksa/", letter.check, name="check"),
    path("periksa/<str:code>/", letter.check, name="check_letter"),
]

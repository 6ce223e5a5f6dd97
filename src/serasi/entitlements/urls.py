"""Addresses of this app: lists as they were handed over, what people are entitled to."""

from django.urls import path

from serasi.entitlements.views import delivery, many, person

app_name = "entitlements"
urlpatterns = [
    path("daftar-bantuan/", delivery.deliveries, name="deliveries"),
    path("daftar-bantuan/muat/", delivery.receive, name="receive"),
    path("daftar-bantuan/<uuid:delivery_id>/", delivery.delivery, name="delivery"),
    path("daftar-bantuan/<uuid:delivery_id>/kesalahan.xlsx", delivery.remarks, name="remarks"),
    path("daftar-bantuan/<uuid:delivery_id>/hentikan/", delivery.stop, name="stop"),
    path("daftar-bantuan/<uuid:delivery_id>/lanjutkan/", delivery.go_on, name="go_on"),
    path("daftar-bantuan/<uuid:delivery_id>/tarik/", delivery.withdraw, name="withdraw"),
    path("hak/", many.of_caseload, name="of_caseload"),
    path("hak/rumah/<uuid:unit_id>/", many.of_house, name="of_house"),
    path("hak/rumah/<uuid:unit_id>/tabel.xlsx", many.sheet, name="sheet"),
    path("hak/orang/<uuid:person_id>/", person.of_person, name="of_person"),
    path("hak/orang/<uuid:person_id>/periksa/", person.check, name="check"),
    path("hak/kasus/<uuid:case_id>/", person.of_case, name="of_case"),
    path("hak/cocok/<uuid:match_id>/", person.decide, name="decide"),
]

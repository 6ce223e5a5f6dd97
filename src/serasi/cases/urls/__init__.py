"""Addresses of casework, one module per family of screens; all under `/kasus/` save what `outside.md` names apart."""

from serasi.cases.urls import closing, exchange, file, intake, letters, practice, work

app_name = "cases"
urlpatterns = [
    *intake.urlpatterns,
    *file.urlpatterns,
    *work.urlpatterns,
    *closing.urlpatterns,
    *exchange.urlpatterns,
    *letters.urlpatterns,
    *practice.urlpatterns,
]

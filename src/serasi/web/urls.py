from django.urls import path

from serasi.web.views import health, home, search

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("cari/", search.search, name="search"),
    path("sehat", health.health, name="health"),
]

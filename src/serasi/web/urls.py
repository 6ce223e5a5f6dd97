from django.urls import path

from serasi.web.views import health, home

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("sehat", health.health, name="health"),
]

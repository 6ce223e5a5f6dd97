from django.urls import URLPattern

app_name = "foyer"
urlpatterns: list[URLPattern] = []

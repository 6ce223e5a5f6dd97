"""Reports, triage and the opening of a case."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

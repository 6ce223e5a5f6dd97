"""Plan, services, notes and monitoring."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""The file itself: header, timeline, team, agreement, assessment, conference, documents."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

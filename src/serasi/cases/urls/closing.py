"""Resocialisation, termination, after-care, reopening."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

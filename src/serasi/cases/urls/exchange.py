"""Referral, transfer and approvals."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

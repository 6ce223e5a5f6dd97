from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "serasi.interop"
    label = "interop"

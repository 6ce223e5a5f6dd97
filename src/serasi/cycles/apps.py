from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "serasi.cycles"
    label = "cycles"

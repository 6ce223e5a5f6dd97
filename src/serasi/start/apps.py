from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "serasi.start"
    label = "start"

from django.apps import AppConfig


class SheltersConfig(AppConfig):
    name = "serasi.shelters"
    label = "shelters"

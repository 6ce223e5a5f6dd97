from django.apps import AppConfig


class FoyerConfig(AppConfig):
    name = "serasi.foyer"
    label = "foyer"

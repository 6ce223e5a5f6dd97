from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "serasi.safety"
    label = "safety"

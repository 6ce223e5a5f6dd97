from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "serasi.fieldwork"
    label = "fieldwork"

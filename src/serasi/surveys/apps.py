from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "serasi.surveys"
    label = "surveys"

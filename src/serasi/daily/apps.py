from django.apps import AppConfig


class DailyConfig(AppConfig):
    name = "serasi.daily"
    label = "daily"

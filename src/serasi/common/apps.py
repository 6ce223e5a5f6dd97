from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "serasi.common"
    label = "common"
    verbose_name = "Umum"

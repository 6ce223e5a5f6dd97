from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "serasi.surveys"
    label = "surveys"

    def ready(self) -> None:
        from serasi.surveys import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "serasi.assessments"
    label = "assessments"

    def ready(self) -> None:
        from serasi.assessments import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

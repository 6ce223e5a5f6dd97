from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "serasi.institutions"
    label = "institutions"

    def ready(self) -> None:
        from serasi.institutions import permissions  # noqa: F401, PLC0415  (declares itself in the registry)

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "serasi.cases"
    label = "cases"

    def ready(self) -> None:
        from serasi.cases import permissions  # noqa: F401, PLC0415  (declares itself in the registry)

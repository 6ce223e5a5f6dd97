from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "serasi.cases"
    label = "cases"

    def ready(self) -> None:
        from serasi.cases import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

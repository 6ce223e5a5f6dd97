from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "serasi.cases"
    label = "cases"

    def ready(self) -> None:
        from serasi.cases import (  # noqa: PLC0415  (they declare themselves at start)
            permissions,  # noqa: F401
            registrations,
            work_registrations,
        )

        registrations.register()
        work_registrations.register_work()

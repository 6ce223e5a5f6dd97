from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "serasi.cycles"
    label = "cycles"

    def ready(self) -> None:
        from serasi.cycles import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

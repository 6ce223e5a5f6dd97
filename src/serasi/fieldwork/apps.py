from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "serasi.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from serasi.fieldwork import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

from django.apps import AppConfig


class SheltersConfig(AppConfig):
    name = "serasi.shelters"
    label = "shelters"

    def ready(self) -> None:
        from serasi.shelters import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

from django.apps import AppConfig


class ResidenceConfig(AppConfig):
    name = "serasi.residence"
    label = "residence"

    def ready(self) -> None:
        from serasi.residence import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

from django.apps import AppConfig


class FoyerConfig(AppConfig):
    name = "serasi.foyer"
    label = "foyer"

    def ready(self) -> None:
        from serasi.foyer import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

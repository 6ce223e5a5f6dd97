from django.apps import AppConfig


class TabletConfig(AppConfig):
    name = "serasi.tablet"
    label = "tablet"

    def ready(self) -> None:
        from serasi.tablet import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

from django.apps import AppConfig


class DailyConfig(AppConfig):
    name = "serasi.daily"
    label = "daily"

    def ready(self) -> None:
        from serasi.daily import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

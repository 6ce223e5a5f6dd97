from django.apps import AppConfig


class CapacityConfig(AppConfig):
    name = "serasi.capacity"
    label = "capacity"

    def ready(self) -> None:
        from serasi.capacity import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

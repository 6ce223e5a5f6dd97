from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "serasi.interop"
    label = "interop"

    def ready(self) -> None:
        from serasi.interop import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

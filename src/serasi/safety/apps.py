from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "serasi.safety"
    label = "safety"

    def ready(self) -> None:
        from serasi.safety import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

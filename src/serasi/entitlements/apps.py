from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "serasi.entitlements"
    label = "entitlements"

    def ready(self) -> None:
        from serasi.entitlements import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

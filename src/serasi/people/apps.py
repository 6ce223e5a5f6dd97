from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "serasi.people"
    label = "people"

    def ready(self) -> None:
        from serasi.people import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

        registrations.register()

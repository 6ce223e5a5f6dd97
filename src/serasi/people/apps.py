from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "serasi.people"
    label = "people"

    def ready(self) -> None:
        from serasi.people import permissions  # noqa: F401, PLC0415  (registers itself)

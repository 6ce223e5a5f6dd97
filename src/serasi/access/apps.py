from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "serasi.access"
    label = "access"

    def ready(self) -> None:
        from serasi.access import checks, permissions  # noqa: F401, PLC0415  (registers itself)
        from serasi.access.safeguards import lay_safeguards  # noqa: PLC0415  (models must be loaded)

        # Django offers no other hook after the last migration; nothing else in Serasi listens to signals.
        post_migrate.connect(lay_safeguards, sender=self, dispatch_uid="access.safeguards")

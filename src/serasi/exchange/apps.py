from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "serasi.exchange"
    label = "exchange"

    def ready(self) -> None:
        from serasi.exchange import permissions, registrations  # noqa: F401, PLC0415  (both declare themselves at start)

"""Addresses of this app: the doors of the standard below one prefix, and the pages of who may ask."""

from django.urls import path

from serasi.exchange.views import dci, peers

app_name = "exchange"
_DCI = (
    ("registry/search", dci.search, "search"),
    ("registry/subscribe", dci.subscribe, "subscribe"),
    ("registry/unsubscribe", dci.unsubscribe, "unsubscribe"),
    ("registry/txn/status", dci.txn_status, "txn_status"),
    ("registry/sync/search", dci.sync_search, "sync_search"),
    ("registry/sync/txn/status", dci.sync_txn_status, "sync_txn_status"),
    ("oauth2/client/token", dci.token, "token"),
    (".well-known/jwks.json", dci.jwks, "jwks"),
    (".well-known/locations.json", dci.locations, "locations"),
    ("openapi.json", dci.described, "openapi"),
)
urlpatterns = [
    *(path(f"dci/{way}", view, name=f"dci_{name}") for way, view, name in _DCI),
    path("pertukaran/", peers.peers, name="peers"),
    path("pertukaran/baru/", peers.register, name="register"),
    path("pertukaran/kunci/", peers.replace_key, name="replace_key"),
    path("pertukaran/<uuid:pk>/", peers.peer, name="peer"),
    path("pertukaran/<uuid:pk>/ubah/", peers.change, name="change"),
    path("pertukaran/<uuid:pk>/rahasia/", peers.renew, name="renew"),
    path("pertukaran/<uuid:pk>/akhiri/", peers.end, name="end"),
]

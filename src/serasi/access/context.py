"""What the shell around a page needs to lock itself, and to keep what cannot be sent."""

from base64 import b64encode
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from serasi.common.encryption import keyring
from serasi.common.envelopes import public_key


def lock(_request: HttpRequest) -> dict[str, Any]:
    return {"lock_url": reverse("access:lock")}


def outbox(request: HttpRequest) -> dict[str, Any]:
    """What a browser needs to keep a form while there is no signal (docs/adr/0015). Costs no query.

    A page that shows a refused entry again has the address where that is thrown away.
    """
    if not getattr(getattr(request, "user", None), "is_authenticated", False):
        return {}
    held = getattr(request, "held_entry", None)
    return {
        "outbox_key": b64encode(public_key(keyring())).decode(),
        "outbox_user": request.user.pk,
        "outbox_url": reverse("access:outbox"),
        "outbox_deliver_url": reverse("access:outbox_deliver"),
        "held_drop_url": reverse("access:outbox_drop", args=[held]) if held else "",
    }

"""What ODK Collect reads from a code: its settings, as its own "Configure with QR code" takes them.

https://docs.getodk.org/collect-import-export/: JSON with ``general``, ``admin`` and ``project``, deflated, in Base64.
"""

import json
import zlib
from base64 import b64encode

from serasi.common.typesetting import qr_svg


def settings_of(server_url: str, *, name: str) -> str:
    """The text of the code. It holds the key of the device: whoever has it is that device."""
    settings = {
        "general": {
            "server_url": server_url,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_one_hour",
            "autosend": "wifi_and_cellular",
            "delete_send": True,
            "app_language": "in",
        },
        "admin": {"change_server": False, "admin_pw": ""},
        "project": {"name": name, "icon": "S", "color": "#0b5a75"},
    }
    return b64encode(zlib.compress(json.dumps(settings, separators=(",", ":")).encode(), 9)).decode()


def code_of(server_url: str, *, name: str) -> str:
    """The code as the address of a picture that a page shows by itself."""
    svg = qr_svg(settings_of(server_url, name=name))
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"

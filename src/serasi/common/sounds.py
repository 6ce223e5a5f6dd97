"""Which recording a file is, by its first bytes: what it is called and claims to be does not matter."""

from typing import Final

_MARKS: Final[dict[bytes, tuple[str, str]]] = {
    b"OggS": ("audio/ogg", "ogg"),
    b"ID3": ("audio/mpeg", "mp3"),
    b"\xff\xfb": ("audio/mpeg", "mp3"),
    b"#!AMR": ("audio/amr", "amr"),
    b"\x1aE\xdf\xa3": ("audio/webm", "webm"),
}
_M4A: Final = b"ftyp"


def sound_of(content: bytes) -> tuple[str, str] | None:
    """The media type and the usual ending of a recording; None for what is none that we know."""
    if content[4:8] == _M4A:
        return "audio/mp4", "m4a"
    return next((kind for mark, kind in _MARKS.items() if content.startswith(mark)), None)

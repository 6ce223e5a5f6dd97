import pytest

from serasi.xforms.safe_xml import DeclaresEntities, NotXml, TooDeep, TooLarge, parse

BOMB = b"""<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;&y;&y;</a>"""
FILE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


@pytest.mark.parametrize("xml", [BOMB, FILE, BOMB.decode().encode("utf-16"), FILE.decode().encode("utf-16")])
def test_entities_are_refused_in_any_encoding(xml: bytes) -> None:
    with pytest.raises(DeclaresEntities):
        parse(xml)


@pytest.mark.parametrize(
    "xml", [b"", b"nama,umur", b"<a>", b"<a/><b/>", b"<a>&x;</a>", b"<a>\x00</a>", b"\xff\xfe\x00", b"%PDF-1.7"]
)
def test_what_is_no_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(NotXml):
        parse(xml)


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        parse(b"<" * 2_000, most_bytes=1_000)


def test_what_is_too_deep_is_refused() -> None:
    with pytest.raises(TooDeep):
        parse(b"<a>" * 100 + b"</a>" * 100)
    assert parse(b"<a>" * 60 + b"</a>" * 60).tag == "a"

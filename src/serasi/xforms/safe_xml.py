"""XML from strangers: forms that were uploaded, instances that phones send. No DTD, no entities, bounded."""

from lxml import etree

MOST_BYTES = 10_000_000
"""A form of 1,000 questions in two languages has half a million."""
DEEPEST = 64
"""Elements within elements; groups within groups of real forms stay below 15."""


class UnsafeXml(Exception):
    """XML that is not read; ``message`` is Indonesian."""

    message = "Berkas XML ini tidak dapat dibaca."

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.message} {detail}".strip())


class NotXml(UnsafeXml):
    message = "Berkas ini bukan XML yang sah."


class TooLarge(UnsafeXml):
    message = "Berkas XML ini terlalu besar."


class TooDeep(UnsafeXml):
    message = "Berkas XML ini bertingkat terlalu dalam."


class DeclaresEntities(UnsafeXml):
    """A document type declaration is where entity bombs and files of the server are named; forms need none."""

    message = "Berkas XML tidak boleh memuat DOCTYPE."


def parse(xml: bytes, *, most_bytes: int = MOST_BYTES, deepest: int = DEEPEST) -> etree._Element:
    """The root element. Raises UnsafeXml, of which NotXml, TooLarge, TooDeep and DeclaresEntities are kinds."""
    if len(xml) > most_bytes:
        raise TooLarge
    if b"<!DOCTYPE" in xml:
        raise DeclaresEntities
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise NotXml(str(fault)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DeclaresEntities  # in an encoding that hid it from the look above
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > deepest:
            raise TooDeep
    return root


def local_name(element: etree._Element) -> str:
    """The name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child_elements(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]

"""What was answered, as XML and back: composed from single answers, taken apart into them, received from strangers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lxml import etree

from serasi.xforms.form import Form
from serasi.xforms.parts import ControlKind, Field
from serasi.xforms.reading import OPENROSA
from serasi.xforms.safe_xml import UnsafeXml, child_elements, local_name, parse

MOST_BYTES_OF_INSTANCE = 5_000_000
"""An interview of 300 questions with 60 rows of a repeat has a tenth of it; photos travel beside it."""
LONGEST_ID = 200
META = "meta"
JAVAROSA_TEMPLATE = "{http://openrosa.org/javarosa}template"


class NotOfThisForm(Exception):
    """Answers that the form has no place for; ``path`` is where, ``message`` Indonesian."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{message} ({path})")
        self.path = path
        self.message = message


class UnknownPath(NotOfThisForm):
    def __init__(self, path: str) -> None:
        super().__init__(path, "Isian ini tidak ada dalam formulir.")


class NotARepeat(NotOfThisForm):
    """The answer of a repeat is not the XML of its rows."""

    def __init__(self, path: str, message: str = "Isian berulang ini tidak dapat dibaca.") -> None:
        super().__init__(path, message)


# --- from answers to an instance


def compose(
    form: Form,
    answers: Mapping[str, str],
    *,
    instance_id: UUID,
    deprecated_id: UUID | None = None,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> bytes:
    """The instance that says these answers.

    An answer outside repeats stands under the path of its question; an outermost repeat is one answer as a whole, under
    the path of the repeat: the XML of all its rows one after another, without namespaces. What is not answered keeps
    the default that the form itself names; "" empties it, and an empty repeat has no rows. Calculates are left blank
    (`evaluate` fills them). ``deprecated_id`` is the instance that this one replaces; start and end go where the form
    asks for them.

    Raises UnknownPath for what is no question, NotARepeat, NotOfThisForm.
    """
    rows: dict[str, list[etree._Element]] = {}
    for path, answer in answers.items():
        field = _field_of(form, path)
        if field.is_repeat:
            rows[path] = _rows(form, field, answer)
    told = _preloaded(form, started_at, ended_at) | dict(answers)
    root = _composed(form, form.fields[form.root], told, rows)
    meta = next((child for child in child_elements(root) if local_name(child) == META), None)
    if meta is None:
        meta = etree.SubElement(root, _beside(root, META))
    _tell(meta, "instanceID", f"uuid:{instance_id}")
    if deprecated_id is not None:
        _tell(meta, "deprecatedID", f"uuid:{deprecated_id}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def require_composable(form: Form, path: str, answer: str) -> None:
    """Whether `compose` would take this answer. Raises UnknownPath, NotARepeat, NotOfThisForm."""
    field = _field_of(form, path)
    if field.is_repeat:
        _rows(form, field, answer)
    else:
        put(new_element(field), answer, path)


def _field_of(form: Form, path: str) -> Field:
    """Where an answer stands: a question outside repeats, or an outermost repeat. Raises UnknownPath."""
    field = form.fields.get(path)
    if field is None or is_meta(form, path):
        raise UnknownPath(path)
    is_whole_repeat = field.is_repeat and field.outermost_repeat == path
    if not is_whole_repeat and (field.children or field.outermost_repeat):
        raise UnknownPath(path)
    return field


def _preloaded(form: Form, started_at: datetime | None, ended_at: datetime | None) -> dict[str, str]:
    """What a client would note by itself: `start`, `end` and `today` of a workbook."""
    told: dict[str, str] = {}
    for field in form.questions:
        match field.preload, field.preload_params:
            case ("timestamp", "start") if started_at is not None:
                told[field.path] = started_at.isoformat(timespec="milliseconds")
            case ("timestamp", "end") if ended_at is not None:
                told[field.path] = ended_at.isoformat(timespec="milliseconds")
            case ("date", "today") if started_at is not None:
                told[field.path] = started_at.date().isoformat()
    return told


def is_meta(form: Form, path: str) -> bool:
    return path == f"{form.root}/{META}" or path.startswith(f"{form.root}/{META}/")


def new_element(field: Field) -> etree._Element:
    """An element of the field; namespaces are those of the form's own instance."""
    namespace = etree.QName(field.tag).namespace
    element = etree.Element(field.tag, nsmap={None: namespace} if namespace else None)
    for name, value in field.attributes.items():
        element.set(name, value)
    return element


def _composed(
    form: Form, field: Field, answers: Mapping[str, str], rows: Mapping[str, list[etree._Element]]
) -> etree._Element:
    element = new_element(field)
    if not field.children:
        put(element, answers.get(field.path, field.default), field.path)
    for path in field.children:
        child = form.fields[path]
        if path in rows:
            element.extend(rows[path])
        elif child.is_repeat:
            begins = 0 if form.repeats[path].count is not None else child.starts_with
            element.extend(_composed(form, child, {}, {}) for _ in range(begins))
        else:
            element.append(_composed(form, child, answers, rows))
    return element


def put(element: etree._Element, text: str, path: str) -> None:
    """The text of an element. Raises NotOfThisForm for characters that XML cannot hold."""
    try:
        element.text = text or None
    except ValueError:
        raise NotOfThisForm(path, "Isian ini memuat tanda yang tidak dapat disimpan.") from None


def _rows(form: Form, field: Field, fragment: str) -> list[etree._Element]:
    """The rows of a repeat, held against the form: only its nodes, each at most once, no attributes."""
    try:
        together = parse(f"<rows>{fragment}</rows>".encode(), most_bytes=MOST_BYTES_OF_INSTANCE)
    except (UnsafeXml, UnicodeEncodeError):
        raise NotARepeat(field.path) from None
    _refuse_text(together, field.path)
    if any(child.tag != field.name for child in together):
        raise NotARepeat(field.path, "Di sini hanya boleh ada baris dari isian berulang ini.")
    return [_row(form, field, child) for child in together]


def _row(form: Form, field: Field, element: etree._Element) -> etree._Element:
    if element.attrib:
        raise NotARepeat(field.path, "Isian berulang tidak memuat atribut.")
    row = new_element(field)
    if not field.children:
        if len(element):
            raise NotARepeat(field.path, "Sebuah jawaban memuat unsur lain.")
        put(row, element.text or "", field.path)
        return row
    _refuse_text(element, field.path)
    known = {form.fields[path].name: form.fields[path] for path in field.children}
    seen: set[str] = set()
    for child in element:
        inner = known.get(child.tag) if isinstance(child.tag, str) else None
        if inner is None:
            raise UnknownPath(f"{field.path}/{local_name(child)}")
        if inner.name in seen and not inner.is_repeat:
            raise NotARepeat(inner.path, "Isian ini ada dua kali dalam satu baris.")
        seen.add(inner.name)
        row.append(_row(form, inner, child))
    return row


def _refuse_text(element: etree._Element, path: str) -> None:
    if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        raise NotARepeat(path, "Di antara isian tidak boleh ada teks.")


def _beside(element: etree._Element, name: str) -> str:
    namespace = etree.QName(element).namespace
    return f"{{{namespace}}}{name}" if namespace else name


def _tell(meta: etree._Element, name: str, value: str) -> None:
    element = next((child for child in child_elements(meta) if local_name(child) == name), None)
    if element is None:
        element = etree.SubElement(meta, _beside(meta, name))
    element.text = value


# --- from an instance to answers


def answers_of(form: Form, instance: bytes) -> dict[str, str]:
    """The answers of an instance, as `compose` takes them: calculates, preloads and metadata are none.

    What is blank is left out, unless the form would fill it with its default. Raises UnsafeXml, NotOfThisForm.
    """
    root = parse(instance, most_bytes=MOST_BYTES_OF_INSTANCE)
    if f"/{local_name(root)}" != form.root:
        raise UnknownPath(f"/{local_name(root)}")
    answers: dict[str, str] = {}
    for path, elements in _outside_repeats(form, form.fields[form.root], root):
        field = form.fields[path]
        if field.is_repeat:
            answers[path] = "".join(_fragment(element) for element in elements)
        elif field.calculate is None and not field.preload:
            said = elements[0].text or ""
            if said or field.default:
                answers[path] = said
    return answers


def noted_of(form: Form, instance: bytes) -> dict[str, str]:
    """What a device found and noted by itself, which `answers_of` leaves out: calculates and preloads outside repeats.

    Raises as `answers_of`.
    """
    root = parse(instance, most_bytes=MOST_BYTES_OF_INSTANCE)
    found = _outside_repeats(form, form.fields[form.root], root)
    return {
        path: (elements[0].text or "").strip()
        for path, elements in found
        if form.fields[path].calculate is not None or form.fields[path].preload
    }


def files_of(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """The files that answers name: the path of its question by the name of each."""
    found: dict[str, str] = {}
    for path, answer in answers.items():
        if form.fields[path].is_repeat:
            rows = parse(f"<rows>{answer}</rows>".encode(), most_bytes=MOST_BYTES_OF_INSTANCE)
            for element in rows.iterdescendants():
                below = [local_name(each) for each in element.iterancestors()][-2::-1]
                inner = "/".join([path, *[*below, local_name(element)][1:]])
                if inner in form.controls and form.controls[inner].kind is ControlKind.UPLOAD:
                    found[(element.text or "").strip()] = inner
        elif path in form.controls and form.controls[path].kind is ControlKind.UPLOAD:
            found[answer.strip()] = path
    found.pop("", None)
    return found


def _outside_repeats(form: Form, field: Field, element: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    if not field.children:
        yield field.path, [element]
        return
    by_name: dict[str, list[etree._Element]] = {}
    for child in child_elements(element):
        if JAVAROSA_TEMPLATE not in child.attrib:
            by_name.setdefault(local_name(child), []).append(child)
    for path in field.children:
        inner = form.fields[path]
        found = by_name.pop(inner.name, [])
        if is_meta(form, path):
            continue
        if inner.is_repeat:
            yield path, found
        elif len(found) > 1:
            raise NotOfThisForm(path, "Isian ini ada dua kali.")
        elif found:
            yield from _outside_repeats(form, inner, found[0])
    by_name.pop(META, None)
    if by_name:
        raise UnknownPath(f"{field.path}/{min(by_name)}")


def _fragment(element: etree._Element) -> str:
    """An element and what is in it without namespaces and attributes."""
    return etree.tostring(_bare(element), encoding="unicode")


def _bare(element: etree._Element) -> etree._Element:
    bare = etree.Element(local_name(element))
    children = child_elements(element)
    if children:
        bare.extend(map(_bare, children))
    else:
        bare.text = element.text
    return bare


# --- from a stranger


class SubmissionRefused(Exception):
    """What was sent is no answered form; ``message`` is Indonesian, for whoever holds the phone."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unreadable(SubmissionRefused):
    """Not XML, too large, too deep, or with a document type; the cause is the UnsafeXml."""


class NamesNoForm(SubmissionRefused):
    def __init__(self) -> None:
        super().__init__("Kiriman ini tidak menyebut formulirnya.")


class NamesNoInstance(SubmissionRefused):
    def __init__(self) -> None:
        super().__init__("Kiriman ini tidak memuat instanceID.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """An answered form as it came. ``instance_id`` is what the device calls it, nearly always ``uuid:`` and a UUID."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: etree._Element


def read_submission(xml: bytes, *, most_bytes: int = MOST_BYTES_OF_INSTANCE) -> Submitted:
    """What a device sent, before it is held against its form. Raises SubmissionRefused of three kinds."""
    try:
        root = parse(xml, most_bytes=most_bytes)
    except UnsafeXml as fault:
        raise Unreadable(fault.message) from fault
    form_id = root.get("id", "") or (etree.QName(root).namespace or "")
    if not form_id or form_id == "http://www.w3.org/2002/xforms":
        raise NamesNoForm
    meta = {
        local_name(element): (element.text or "").strip()
        for block in child_elements(root)
        if local_name(block) == META
        for element in child_elements(block)
    }
    instance_id = meta.get("instanceID") or root.get("instanceID", "")
    if not instance_id or len(instance_id) > LONGEST_ID:
        raise NamesNoInstance
    return Submitted(
        form_id=form_id,
        version=root.get("version", root.get(OPENROSA + "version", "")),
        instance_id=instance_id,
        deprecated_id=meta.get("deprecatedID", "")[:LONGEST_ID],
        root=root,
    )

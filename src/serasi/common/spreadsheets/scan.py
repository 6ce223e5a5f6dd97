"""How much of a packed spreadsheet is used, counted while it is unpacked in small pieces."""

import re
from collections import Counter
from typing import Any
from xml.parsers import expat

from serasi.common.spreadsheets import limits


class Scan:
    """How much of the sheets is used, told from their XML without keeping it.

    The parser keeps a full rectangle from the first to the last cell with content, and a copy of the text
    for each cell that shares it; a few bytes can ask for more memory than there is.
    """

    def __init__(self) -> None:
        self.last_row = self.last_column = self.text = 0
        self._shared: list[int] = []
        self._uses: Counter[int] = Counter()

    def begin(self) -> None:
        self._parser: expat.XMLParserType | None = expat.ParserCreate(namespace_separator="|")
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._row = self._column = self._row_times = self._times = 0
        self._holds = self._is_shared = False
        self._length = 0
        self._value: list[str] | None = None
        self._is_sheet = self._has_doctype = False

    def feed(self, chunk: bytes) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError:
            self._give_up()

    def finish(self) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(b"", True)  # noqa: FBT003 - positional only
        except expat.ExpatError:
            self._give_up()

    def judge(self) -> None:
        self.text += sum(
            times * self._shared[index] for index, times in self._uses.items() if index < len(self._shared)
        )
        if not limits.fits(self.last_row, self.last_column):
            raise limits.too_large(self.last_row, self.last_column)
        if self.text > limits.MAX_TEXT:
            raise limits.too_big_unpacked()

    def _give_up(self) -> None:
        if self._is_sheet:
            raise limits.damaged()
        self._parser = None  # a picture, or a part the parser does not read

    def _doctype(self, *_args: Any) -> None:
        self._has_doctype = True

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        assert self._parser is not None  # noqa: S101 - the parser is calling
        handlers = {
            "worksheet": (self._xlsx_start, self._xlsx_end),
            "sst": (self._shared_start, self._shared_end),
            "document-content": (self._ods_start, self._ods_end),
        }.get(name.rpartition("|")[2])
        if handlers is None:
            self._parser.StartElementHandler = None
            return
        if self._has_doctype:  # entities that unfold; no spreadsheet program writes them
            raise limits.damaged()
        self._is_sheet = True
        self._parser.StartElementHandler, self._parser.EndElementHandler = handlers
        self._parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._value is not None:
            self._value.append(text)

    def _shared_start(self, name: str, _attributes: dict[str, str]) -> None:
        if name.endswith("|si"):
            self._length = 0

    def _shared_end(self, name: str) -> None:
        if name.endswith("|si"):
            self._shared.append(self._length)

    def _xlsx_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("|")[2]
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif tag == "c":
            self._column += 1
            if match := re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", attributes.get("r", "")):
                self._column = _column_number(match[1])
                self._row = int(match[2])
            self._is_shared = attributes.get("t") == "s"
        elif tag in {"v", "is", "f"}:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
            self._value = [] if tag == "v" and self._is_shared else None

    def _xlsx_end(self, name: str) -> None:
        if self._value is not None and name.endswith("|v"):
            index = "".join(self._value).strip()
            if index.isdecimal() and len(index) < 9:
                self._uses[int(index)] += 1
            self._value = None

    def _ods_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("|")[2]
        values = {key.rpartition("|")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self._row = self._row_times = 0
        elif tag == "table-row":
            self._row += self._row_times
            self._row_times = _times(values.get("number-rows-repeated"))
            self._column = self._times = 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self._column += self._times
            self._times = _times(values.get("number-columns-repeated"))
            self._length = 0
            self._holds = bool(values.keys() & {"value-type", "value", "date-value", "string-value", "formula"})
            self._length += len(values.get("string-value", ""))
        elif tag == "p":
            self._holds = True

    def _ods_end(self, name: str) -> None:
        if self._holds and name.endswith(("|table-cell", "|covered-table-cell")):
            self.last_row = max(self.last_row, self._row + self._row_times)
            self.last_column = max(self.last_column, self._column + self._times)
            self.text += self._length * self._times * self._row_times
            self._holds = False


def _times(repeated: str | None) -> int:
    return max(int(repeated), 1) if repeated and repeated.isdecimal() and len(repeated) < 12 else 1


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number

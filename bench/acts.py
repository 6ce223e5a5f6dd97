"""What is measured: each act is what a browser does for one page or one form."""

import itertools
from collections.abc import Callable
from functools import partial
from random import Random
from string import ascii_lowercase
from typing import Any, Protocol

from bs4 import BeautifulSoup


class Asks(Protocol):
    """Someone signed in who gets pages and sends forms."""

    def get(self, path: str) -> str:
        """Return the page."""
        ...

    def send(self, path: str, fields: dict[str, str]) -> str:
        """Send a form that must be accepted; returns where it leads."""
        ...

    def ask(self, path: str, fields: dict[str, str]) -> str:
        """Send words as the script of the page does; returns the page that answers."""
        ...


Act = Callable[[Asks, int], Callable[[], object]]
"""Who, and which turn; comes ready with all that stands before (a form filled in), and returns what is measured."""

_number = itertools.count()
_dice = Random()
"""Not from a seed: the names of an earlier run are known by now."""


def acts(known: dict[str, Any]) -> dict[str, Act]:
    def chosen(key: str, turn: int) -> str:
        return str(known[key][turn % len(known[key])])

    def page(path: str, key: str = "") -> Act:
        return lambda who, turn: partial(who.get, path.format(chosen(key, turn) if key else ""))

    def search(key: str) -> Act:
        """The words are sent from the box of the register; the page that answers is whole."""

        def ready(who: Asks, turn: int) -> Callable[[], object]:
            form = filled(who.get("/orang/"), "q", q=chosen(key, turn))
            return partial(who.ask, "/orang/", form)

        return ready

    def form(path: str, wanted: str, key: str = "", **typed: str) -> Act:
        def ready(who: Asks, turn: int) -> Callable[[], object]:
            where = path.format(chosen(key, turn) if key else "")
            told = {name: text.format(number=next(_number), name=_unheard_name()) for name, text in typed.items()}
            return partial(who.send, where, filled(who.get(where), wanted, **told))

        return ready

    def arrival(who: Asks, turn: int) -> Callable[[], object]:
        """The form at the gate of a shelter, with a number that was set aside for this phone."""
        where = f"/penampungan/{chosen('shelters', turn)}/"
        gate = who.get(f"{where}catat/")
        if 'name="tag"' not in gate:
            token = BeautifulSoup(gate, "html.parser").find("input", attrs={"name": "csrfmiddlewaretoken"})
            who.send(f"{where}mulai/", {"csrfmiddlewaretoken": str(token["value"]) if token else ""})
            gate = who.get(f"{where}catat/")
        return partial(who.send, f"{where}catat/", filled(gate, "age", age="41", sex="L", name=_unheard_name()))

    return {
        "search a misspelt common name": search("common"),
        "search a misspelt rare name": search("rare"),
        "search a telephone": search("phones"),
        "search a NIK": search("niks"),
        "open person": page("/orang/{}/", "people"),
        "open case": page("/kasus/{}/", "cases"),
        "register of a unit": page("/orang/"),
        "work list": page("/kasus/"),
        "today": page("/"),
        "save a progress note": form("/kasus/{}/catatan/", "text", "cases", text="Mengikuti kegiatan ke-{number}."),
        "register a person": form(
            "/orang/daftar/",
            "full_name",
            full_name="{name}",
            sex="L",
            no_nik_reason="tidak_membawa_dokumen",
            age_0="41",
        ),
        "register an arrival": arrival,
    }


def _unheard_name() -> str:
    """Two words that resemble nobody's, so that no likely match asks for a decision first."""
    return " ".join("".join(_dice.choice(ascii_lowercase) for _ in range(11)).title() for _ in range(2))


def filled(page: str, wanted: str, **typed: str) -> dict[str, str]:
    """The fields of the form that has a control named ``wanted``, as a browser would send them, with what was typed."""
    soup = BeautifulSoup(page, "html.parser")
    form = next(
        form
        for form in soup.find_all("form")
        if form.find(["input", "textarea", "select"], attrs={"name": wanted, "type": lambda kind: kind != "hidden"})
    )
    fields: dict[str, str] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type")
        if not name or (kind in {"checkbox", "radio"} and not control.has_attr("checked")) or kind == "file":
            continue
        if control.name == "select":
            option = control.find("option", selected=True) or control.find("option")
            fields[name] = option["value"] if option else ""
        else:
            fields[name] = control.get_text() if control.name == "textarea" else control.get("value", "")
    return fields | typed

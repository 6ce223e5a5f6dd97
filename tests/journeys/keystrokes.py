"""How long a practised hand needs for a page, by the Keystroke-Level Model.

S. K. Card, T. P. Moran, A. Newell: The keystroke-level model for user performance time with interactive systems,
Communications of the ACM 23 (7), 1980, 396–410. The time of a task is the sum of its operators; the machine's own
answer is not estimated but waited for. It is the time of someone who knows the pages and makes no mistake; what is
spent on listening and explaining comes on top.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.journeys import hands

SECONDS = {
    "K": 0.28,  # a key, by an average typist who is no secretary
    "P": 1.1,  # pointing with the mouse
    "B": 0.2,  # a click: down and up
    "H": 0.4,  # the hand goes from mouse to keyboard, or back
    "M": 1.35,  # making up one's mind: before every field, every clause of an account, every page that comes
}


@dataclass
class Clerk:
    """Does on a page what `hands` do, and counts what hands and mind had to do for it."""

    page: Page
    operators: Counter[str] = field(default_factory=Counter)
    waited: float = 0.0
    screens: list[str] = field(default_factory=list)
    _is_typing: bool = False

    def __post_init__(self) -> None:
        self.page.wait_for_load_state()
        self.page.on("domcontentloaded", self._came)

    def write(self, label: str, text: str) -> None:
        self._write(hands.box(self.page, label), text)

    def choose(self, label: str, option: str) -> None:
        """Open a list, find the line in it, click it."""
        self._click("M", "P", "B", "M", "P", "B")
        hands.choose(self.page, label, option)

    def mark(self, question: str, answer: str) -> None:
        self._click("M", "P", "B")
        hands.mark(self.page, question, answer)

    def touch(self, who: str, answer: str) -> None:
        """Find someone in a list, touch an answer."""
        self._click("M", "P", "B")
        hands.touch(self.page, who, answer)

    def press(self, name: str) -> None:
        """Send the page and wait for the next."""
        self._click("M", "P", "B")
        began = time.monotonic()
        with self.page.expect_navigation(wait_until="load"):
            hands.press(self.page, name)
        self.waited += time.monotonic() - began

    def press_and_stay(self, name: str, ready: Callable[[], object]) -> None:
        """Send what leaves the page where it is; ``ready`` returns when it is fit for the next."""
        self._click("M", "P", "B")
        began = time.monotonic()
        hands.press(self.page, name)
        ready()
        self.waited += time.monotonic() - began

    def follow(self, name: str) -> None:
        self._click("M", "P", "B")
        began = time.monotonic()
        with self.page.expect_navigation(wait_until="load"):
            hands.main(self.page).get_by_role("link", name=name, exact=True).first.click()
        self.waited += time.monotonic() - began

    @property
    def seconds(self) -> float:
        return sum(SECONDS[operator] * count for operator, count in self.operators.items()) + self.waited

    def __str__(self) -> str:
        counted = " ".join(f"{count}{operator}" for operator, count in sorted(self.operators.items()))
        return f"{self.seconds:.0f} s on {len(self.screens)} screens ({counted}, R {self.waited:.1f} s)"

    def _write(self, box: Locator, text: str) -> None:
        """Point at the box, click, type. A capital takes two keys; a new clause is thought of first."""
        self._click("P", "B")
        clauses = [clause for clause in re.split(r"(?<=[.,;])\s+", text) if clause]
        self._count("H", *["M"] * len(clauses))
        self.operators["K"] += len(text) + sum(letter.isupper() for letter in text)
        self._is_typing = True
        box.fill(text)

    def _click(self, *operators: str) -> None:
        if self._is_typing:
            self._count("H")
            self._is_typing = False
        self._count(*operators)

    def _count(self, *operators: str) -> None:
        self.operators.update(operators)

    def _came(self, page: Page) -> None:
        """Once a document: a browser may tell of one navigation twice."""
        self.screens.append(page.url)
        self._count("M")

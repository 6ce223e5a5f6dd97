"""`python -m bench.foreign_forms <folder>`: how far our evaluator and the public engine agree on forms of others.

The folder holds XForms (.xml) and XLSForms (.xls, .xlsx), such as the examples and fixtures of getodk/javarosa,
getodk/web-forms, enketo/enketo and XLSForm/pyxform. Each is answered by chance a few times; what hangs on chance itself
is left out, and so are forms whose rows the form counts (chance does not) and lists that come from outside.
"""

import random
import re
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Error as PlaywrightError
from pyxform.xls2xform import convert

from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form
from serasi.xforms.order import Tangled
from serasi.xforms.reading import NotAForm
from serasi.xforms.safe_xml import UnsafeXml
from serasi.xforms.tests.chance import answered_by_chance, said
from serasi.xforms.tests.engine import Engine, running_engine
from serasi.xforms.tests.forms import NOW
from serasi.xforms.xpath import functions_used

ROUNDS = 4
ROW = re.compile(r"\[\d+\]")
BY_CHANCE = frozenset({"random", "uuid", "once", "area", "distance"})
"""Areas and distances are rounded by the engine."""


def forms_in(folder: Path, counted: Counter[str]) -> dict[bytes, str]:
    """Every form once, with the name of its file."""
    found: dict[bytes, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xml":
            found.setdefault(path.read_bytes(), path.name)
        elif path.suffix in {".xls", ".xlsx"}:
            try:
                found.setdefault(str(convert(xlsform=str(path)).xform).encode(), path.name)
            except Exception:
                counted["pyxform refuses"] += 1
    return {xml: name for xml, name in found.items() if b"<model" in xml}


def is_comparable(form: Form) -> bool:
    return (
        any(field.calculate for field in form.fields.values())
        and all(each.document is not None for each in form.secondary.values())
        and not any(repeat.count or repeat.is_fixed for repeat in form.repeats.values())
    )


def compare(name: str, xml: bytes, form: Form, engine: Engine, counted: Counter[str]) -> None:
    chance = random.Random(name)
    instances = [answered_by_chance(form, chance) for _ in range(ROUNDS)]
    try:
        theirs = engine(xml, instances)
    except PlaywrightError:
        counted["the engine refuses"] += 1
        return
    counted["compared"] += 1
    for instance, other in zip(instances, theirs, strict=True):
        begun = perf_counter()
        ours = evaluate(form, instance, now=NOW).values
        counted["microseconds"] += round((perf_counter() - begun) * 1e6)
        try:
            page = said(form, other)
        except UnsafeXml:
            counted["the engine writes no XML"] += 1
            continue
        for address, value in ours.items():
            path = ROW.sub("", address)
            field = form.fields[path]
            if field.calculate and not functions_used(field.calculate.tree) & BY_CHANCE and "/meta/" not in path:
                counted["values"] += 1
                counted["equal"] += page.get(address, "") == value


def main() -> None:
    counted: Counter[str] = Counter()
    with running_engine() as engine:
        for xml, name in forms_in(Path(sys.argv[1]), counted).items():
            counted["forms"] += 1
            try:
                form = Form.parse(xml)
            except (NotAForm, Tangled, UnsafeXml):
                counted["refused by us"] += 1
                continue
            if is_comparable(form):
                compare(name, xml, form, engine, counted)
    for what, times in counted.items():
        print(f"{what:28} {times:>9,}")
    print(f"{'of a hundred values equal':28} {100 * counted['equal'] / counted['values']:>9.1f}")


if __name__ == "__main__":
    main()

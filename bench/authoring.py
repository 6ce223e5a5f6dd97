"""A form of 300 questions in two languages with two scales of 90 items: conversion, publishing, evaluation.

`python -m bench.authoring` says it alone. Memory is that of the process of its own in which pyxform runs.
"""

import json
import random
import resource
from statistics import median
from time import perf_counter

from django.conf import settings

if not settings.configured:
    settings.configure()  # before what follows: its sentences ask for the language

from serasi.xforms.authoring.convert import convert
from serasi.xforms.authoring.declaration import declaration_of
from serasi.xforms.authoring.publish import author
from serasi.xforms.authoring.scoring import calculates_of
from serasi.xforms.authoring.survey import survey_of
from serasi.xforms.authoring.tests.test_large import large
from serasi.xforms.authoring.workbook import read
from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form
from serasi.xforms.tests.chance import answered_by_chance
from serasi.xforms.tests.forms import NOW

ROUNDS = 5


def figures() -> dict[str, float]:
    """Milliseconds, the middle one of five rounds, and megabytes at most."""
    source = large()
    workbook = read(source, "besar.md")
    survey = survey_of(workbook)
    calculates = calculates_of(declaration_of(workbook, survey)[0], survey)
    converting, publishing, evaluating = [], [], []
    for _round in range(ROUNDS):
        begun = perf_counter()
        convert(workbook, calculates, "1")
        converting.append(perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for _round in range(ROUNDS):
        begun = perf_counter()
        made = author(source, "besar.md")
        publishing.append(perf_counter() - begun)
    form, chance = Form.parse(made.xform), random.Random(300)
    for _round in range(ROUNDS):
        instance = answered_by_chance(form, chance)
        begun = perf_counter()
        evaluate(form, instance, now=NOW)
        evaluating.append(perf_counter() - begun)
    return {
        "conversion by pyxform, in a process of its own (ms)": median(converting) * 1000,
        "memory of that process, at most (MB)": memory,
        "publishing: conversion, checks, worked examples (ms)": median(publishing) * 1000,
        "the server works one answered form out (ms)": median(evaluating) * 1000,
    }


if __name__ == "__main__":
    print(json.dumps(figures()))

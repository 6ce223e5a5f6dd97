"""What an expression speaks of: the functions it calls, the questions it refers to."""

from collections.abc import Iterator

from serasi.xforms.xpath.tree import ANY, Axis, Call, Chain, Filtered, Negative, Number, Path, Step, Text, Tree, parts


def calls(tree: Tree) -> tuple[Call, ...]:
    """Every call of a function, predicates included."""
    return tuple(part for part in parts(tree) if isinstance(part, Call))


def functions_used(tree: Tree) -> frozenset[str]:
    return frozenset(call.name for call in calls(tree))


def references(tree: Tree) -> tuple[Path, ...]:
    """Every path, predicates included."""
    return tuple(part for part in parts(tree) if isinstance(part, Path))


def resolved(path: Path, base: str) -> str | None:
    """The generic path of the primary instance that a path means, read at the node ``base``.

    `*` stands where any name may; a path that begins below something else than `current()` (a list) has none: None.
    """
    names = [] if path.absolute else base.split("/")[1:]
    if path.start is not None and not (isinstance(path.start, Call) and path.start.name == "current"):
        return None
    for step in path.steps:
        match step.axis:
            case Axis.CHILD:
                names.append(step.name)
            case Axis.PARENT:
                if not names:
                    return None
                names.pop()
            case Axis.SELF:
                pass
            case _:
                return None
    return "/" + "/".join(names)


def primary_paths(tree: Tree, base: str) -> Iterator[str]:
    """The generic paths of the primary instance that the value of an expression hangs on, read at the node ``base``.

    A path that cannot be told beforehand (`//name`, siblings) is given by its last name: ``//name``.
    """
    return _told(tree, base, base)


def _told(tree: Tree, here: str | None, current: str) -> Iterator[str]:
    """``here`` is None below a list, whose columns are nobody's questions."""
    match tree:
        case Text() | Number():
            return
        case Negative():
            yield from _told(tree.operand, here, current)
        case Chain():
            for part in (tree.first, *(operand for _, operand in tree.rest)):
                yield from _told(part, here, current)
        case Call():
            for part in tree.arguments:
                yield from _told(part, here, current)
        case Filtered():
            yield from _told(tree.start, here, current)
            for part in tree.predicates:
                yield from _told(part, None, current)
        case Path():
            yield from _told_path(tree, here, current)


def _told_path(path: Path, here: str | None, current: str) -> Iterator[str]:
    begins_here = path.start is None and not path.absolute
    if path.start is not None and not _is_current(path.start):
        yield from _told(path.start, here, current)
        base: str | None = None
    else:
        base = here if begins_here else current
    walked: list[Step] = []
    for step in path.steps:
        walked.append(step)
        at = resolved(Path(tuple(walked), absolute=path.absolute), base) if base is not None else None
        for predicate in step.predicates:
            yield from _told(predicate, at, current)
    if base is None:
        return
    whole = resolved(Path(path.steps, absolute=path.absolute), base)
    yield whole if whole is not None else f"//{path.steps[-1].name if path.steps else ANY}"


def _is_current(tree: Tree) -> bool:
    return isinstance(tree, Call) and tree.name == "current"

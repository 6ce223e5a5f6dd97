"""The derived forms of a name that are stored beside it; the only place that says how they are made."""

from serasi.common.names import plain, read_name, search_key


def key_of(name: str) -> str:
    """The folded form that searching compares."""
    return search_key(name)[:400]


def sort_key_of(name: str) -> str:
    """What lists are sorted by: the name in plain letters, without titles."""
    return " ".join(plain(word) for word in read_name(name).words)[:400]

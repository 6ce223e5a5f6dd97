"""Why an expression has no worth."""


class Broken(Exception):
    """An expression that cannot be evaluated; ``message`` is Indonesian."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownFunction(Broken):
    def __init__(self, name: str) -> None:
        super().__init__(f"Fungsi {name}() tidak dikenal.")
        self.name = name


class WrongArguments(Broken):
    """A function with too few or too many arguments; ``most`` is None where there is no end."""

    def __init__(self, name: str, given: int, least: int, most: int | None) -> None:
        wanted = f"{least}" if most == least else f"{least} atau lebih" if most is None else f"{least} sampai {most}"
        super().__init__(f"Fungsi {name}() memerlukan {wanted} isian, bukan {given}.")
        self.name, self.given, self.least, self.most = name, given, least, most


class MissingList(Broken):
    """A list that comes from outside and was not handed in."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Daftar “{name}” tidak ada.")
        self.name = name


class TooMuchWork(Broken):
    def __init__(self) -> None:
        super().__init__("Perhitungan formulir ini terlalu berat.")

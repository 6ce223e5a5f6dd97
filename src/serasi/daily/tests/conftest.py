from serasi.cases.tests.conftest import world

__all__ = ["world"]

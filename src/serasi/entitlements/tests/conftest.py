from serasi.cases.tests.conftest import committed_world, world

__all__ = ["committed_world", "world"]

from serasi.tablet.queries.own import OwnGoal, OwnView, own_view

__all__ = ["OwnGoal", "OwnView", "own_view"]

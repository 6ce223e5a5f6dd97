from serasi.interop.models.roster import RosterImport, RosterRow

__all__ = ["RosterImport", "RosterRow"]

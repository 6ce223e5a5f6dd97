from serasi.access.models.emergency import LONGEST_EMERGENCY, EmergencyAccess
from serasi.access.models.grant import RoleGrant
from serasi.access.models.outbox import OutboxEntry
from serasi.access.models.posting import Posting
from serasi.access.models.record import Classified, Record, RevisionField, tracked, tracked_models
from serasi.access.models.sign_in import SignIn
from serasi.access.models.trail import Look, TrailEntry
from serasi.access.models.unit import Unit, path_under
from serasi.access.models.user import SYSTEM_ID, User
from serasi.access.models.work import BackgroundWork

__all__ = [
    "LONGEST_EMERGENCY",
    "SYSTEM_ID",
    "BackgroundWork",
    "Classified",
    "EmergencyAccess",
    "Look",
    "OutboxEntry",
    "Posting",
    "Record",
    "RevisionField",
    "RoleGrant",
    "SignIn",
    "TrailEntry",
    "Unit",
    "User",
    "path_under",
    "tracked",
    "tracked_models",
]

from serasi.fieldwork.models.device import Device
from serasi.fieldwork.models.difference import Difference
from serasi.fieldwork.models.submission import Submission, SubmissionFile

__all__ = ["Device", "Difference", "Submission", "SubmissionFile"]

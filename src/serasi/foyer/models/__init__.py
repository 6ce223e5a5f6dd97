from serasi.foyer.models.agreement import Agreement, Signature
from serasi.foyer.models.allowance import Allowance
from serasi.foyer.models.measure import Measure
from serasi.foyer.models.phase import Phase, PhaseSet
from serasi.foyer.models.step import Step, StepEvidence

__all__ = ["Agreement", "Allowance", "Measure", "Phase", "PhaseSet", "Signature", "Step", "StepEvidence"]

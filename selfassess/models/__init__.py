"""The tables of the self-assessment; one module per object."""

from selfassess.models.assessments import Assessment, Departed, Participant
from selfassess.models.grids import Grid, GridVersion
from selfassess.models.joint import Decision, JointScore, Reminder
from selfassess.models.kept import KeptPlace
from selfassess.models.shared import SharedScore

__all__ = [
    "Assessment",
    "Decision",
    "Departed",
    "Grid",
    "GridVersion",
    "JointScore",
    "KeptPlace",
    "Participant",
    "Reminder",
    "SharedScore",
]

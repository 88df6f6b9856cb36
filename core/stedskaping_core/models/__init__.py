"""The data of the platform's core."""

from stedskaping_core.models.events import Activity, Event, JobRun
from stedskaping_core.models.guides import GuidePage, PermitKind, PhasePage, PhaseRequirement, PhaseTask
from stedskaping_core.models.initiatives import InitiativeIndexPage, InitiativeMember, InitiativePage
from stedskaping_core.models.journeys import (
    CampDayReport,
    Journey,
    JourneyPhase,
    JourneyRequirement,
    JourneyTask,
    Reschedule,
    Waiver,
)
from stedskaping_core.models.media import Document, Image, Rendition
from stedskaping_core.models.outcomes import Outcome
from stedskaping_core.models.people import User
from stedskaping_core.models.pilots import PilotLeadTime, PilotPage, SiteProfile
from stedskaping_core.models.plugins import PluginActivation
from stedskaping_core.models.previews import PagePreview

__all__ = [
    "Activity",
    "CampDayReport",
    "Document",
    "Event",
    "GuidePage",
    "Image",
    "InitiativeIndexPage",
    "InitiativeMember",
    "InitiativePage",
    "JobRun",
    "Journey",
    "JourneyPhase",
    "JourneyRequirement",
    "JourneyTask",
    "Outcome",
    "PagePreview",
    "PermitKind",
    "PhasePage",
    "PhaseRequirement",
    "PhaseTask",
    "PilotLeadTime",
    "PilotPage",
    "PluginActivation",
    "Rendition",
    "Reschedule",
    "SiteProfile",
    "User",
    "Waiver",
]

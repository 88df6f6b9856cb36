"""The data of participation."""

from stedskaping_participation.models.proposals import Proposal, Support
from stedskaping_participation.models.settings import ParticipationSettings, ProposalCategory

__all__ = ["ParticipationSettings", "Proposal", "ProposalCategory", "Support"]

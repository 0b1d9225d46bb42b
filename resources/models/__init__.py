"""The library's tables; one module per object."""

from resources.models.arguments import Argument, ArgumentSet
from resources.models.binders import Binder, BinderItem
from resources.models.documents import Attachment, ExternalMedia, PreparedDocument
from resources.models.drafts import DraftRevision, ResourceDraft
from resources.models.experiences import OngoingQuestion, Proposal, ProposalReading
from resources.models.feedback import Remark, WordRequest
from resources.models.lexicon import Reference, Term, TermRedirect
from resources.models.previews import PreviewComment, PreviewLink
from resources.models.quiz import Quiz, QuizStatement
from resources.models.resource import (
    Resource,
    ResourceRedirect,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
)
from resources.models.sections import PracticePath, PracticeStep, Section, TermMark
from resources.models.versions import ResourceVersion

__all__ = [
    "Argument",
    "ArgumentSet",
    "Attachment",
    "Binder",
    "BinderItem",
    "DraftRevision",
    "ExternalMedia",
    "OngoingQuestion",
    "PracticePath",
    "PracticeStep",
    "PreparedDocument",
    "PreviewComment",
    "PreviewLink",
    "Proposal",
    "ProposalReading",
    "Quiz",
    "QuizStatement",
    "Reference",
    "Remark",
    "Resource",
    "ResourceDraft",
    "ResourceRedirect",
    "ResourceReference",
    "ResourceRelation",
    "ResourceTerm",
    "ResourceVersion",
    "Section",
    "Term",
    "TermMark",
    "TermRedirect",
    "WordRequest",
]

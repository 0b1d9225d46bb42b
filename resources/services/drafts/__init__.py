"""The working text of a resource: written, read over, planned, given up.

What is on view changes in resources.services.publishing alone, which takes the working text
there. ``Working`` is what a page reads; ``draft_save`` is the one way in, whoever writes: it
tells the second of two editors (``MeanwhileError``) and never writes over the first.
"""

from resources.services.drafts.life import (
    draft_discard,
    draft_plan,
    draft_review,
    draft_rewrite,
)
from resources.services.drafts.meeting import Choice, choices_of, piece_resolve
from resources.services.drafts.pieces import FIELDS, SHAPE, piece_key, piece_read, piece_write
from resources.services.drafts.reading import Seen, Working, working_text
from resources.services.drafts.saving import (
    MeanwhileError,
    draft_change,
    draft_replace,
    draft_save,
    draft_take,
    piece_keep,
)

__all__ = [
    "FIELDS",
    "SHAPE",
    "Choice",
    "MeanwhileError",
    "Seen",
    "Working",
    "choices_of",
    "draft_change",
    "draft_discard",
    "draft_plan",
    "draft_replace",
    "draft_review",
    "draft_rewrite",
    "draft_save",
    "draft_take",
    "piece_keep",
    "piece_key",
    "piece_read",
    "piece_resolve",
    "piece_write",
    "working_text",
]

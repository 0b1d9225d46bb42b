"""The mails of the self-assessment; each a typed function that writes one row of the outbox."""

from __future__ import annotations

from cops.mail import queue
from selfassess.enums import Mode
from selfassess.models import Assessment, Reminder

CATEGORY = "selfassess"


def own_link(
    assessment: Assessment, *, to: str, link: str, key: str, manages: bool = False
) -> None:
    """A person's own link, or the opener's, at their request; the address is kept for nothing
    else."""
    queue(
        to=to,
        template="selfassess/emails/own_link",
        context={
            "title": assessment.title,
            "day": assessment.opened_at,
            "link": link,
            "manages": manages,
        },
        category=CATEGORY,
        dedupe_key=f"selfassess.own_link:{key}",
    )


def again(reminder: Reminder, *, link: str) -> None:
    """Six months after: do it again, and see what moved."""
    assessment = reminder.assessment
    alone = assessment.mode == Mode.ALONE
    queue(
        to=reminder.email,
        template="selfassess/emails/again",
        context={
            "title": assessment.title,
            "link": link,
            "alone": alone,
            # What awaits them there, and nothing else.
            "moved": alone or assessment.joint_scores.exists(),
            "decided": assessment.decisions.exists(),
        },
        category=CATEGORY,
        dedupe_key=f"selfassess.again:{reminder.pk}",
    )

"""The HTML of a set of arguments on paper: a cover, the method, one page per audience."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cops.formats import date_fr
from resources.documents.cover import Cover
from resources.models import Argument, ArgumentSet

# In the order one speaks: what is offered, why, an example, the question, the care to take.
BLOCKS = (
    ("solution", "Ce que l’on propose"),
    ("benefits", "Ce que chacun y gagne"),
    ("personal_value", "Ce que la personne y trouve pour elle-même"),
    ("examples", "Un fait, un exemple"),
    ("engaging_question", "La question qui engage la suite"),
    ("vigilance", "Points de vigilance"),
)


@dataclass(frozen=True)
class Block:
    """A titled list; ``edited`` when the team completed what the workshop had left open."""

    code: str
    title: str
    lines: list[str]
    edited: bool


@dataclass(frozen=True)
class Talk:
    """What to say to one audience."""

    argument: Argument
    blocks: list[Block] = field(default_factory=list)


class Paper:
    """What the templates read of a set."""

    is_falc = is_large = False
    body_class = "arguments"
    style_sheets = (
        "static:css/pdf-tokens.css",
        "static:css/pdf.css",
        "static:css/pdf-arguments.css",
    )

    def __init__(self, chosen: ArgumentSet) -> None:
        self.set = chosen
        self.talks = [_talk(argument) for argument in chosen.arguments.order_by("position", "pk")]

    @property
    def cover(self) -> Cover:
        address = settings.SITE_ORIGIN + reverse("resources:arguments")
        day = date_fr(self.set.changed_at)
        return Cover(
            kind="Argumentaires",
            title=self.set.title,
            summary=self.set.intro,
            audience=[talk.argument.label.removeprefix("Pour ") for talk in self.talks],
            version=f"Mis à jour le {day}",
            running=day,
            made_on=self.set.changed_at.isoformat(),
            address=address,
            code_address=address,
            online="Lire et copier en ligne",
        )

    @property
    def is_edited(self) -> bool:
        return any(block.edited for talk in self.talks for block in talk.blocks)


def _talk(argument: Argument) -> Talk:
    blocks = [
        Block(code, title, lines, code in argument.editorial)
        for code, title in BLOCKS
        if (lines := getattr(argument, code))
    ]
    return Talk(argument, blocks)


def arguments_html(chosen: ArgumentSet) -> str:
    """The whole document of a set as HTML for cops.pdf, the same for the same content."""
    paper = Paper(chosen)
    return render_to_string(
        "resources/pdf/arguments.html",
        {"paper": paper, "cover": paper.cover, "it": paper.set, "site": settings.SITE},
    )

"""A content cut into what can be compared and put back: a field, a title, a text, a lane.

A unit names the place it comes from, so that a paragraph finds its way back there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from typing import Any

from django.core.exceptions import ValidationError

from cops.audiences import Audience
from cops.formats import date_fr
from cops.territory import Department
from cops.topics import Topic
from resources.enums import Dimension, Kind, Modality
from resources.services.comparing.blocks import Block, blocks_of, html_of
from resources.services.contents import Content, gone, section_at, step_at

# How each field is read: one line, paragraphs of plain text, a list of lines, a code…
LINE, TEXT, LINES, CHOICE, CODES, DAY, NUMBER, OTHER = range(8)
_CHOICES: dict[str, Any] = {
    "kind": Kind, "dimension": Dimension, "topics": Topic, "audience_codes": Audience,
    "departments": Department, "modalities": Modality,
}  # fmt: skip
FIELDS: dict[str, tuple[str, int]] = {
    "title": ("Titre", LINE), "subtitle": ("Sous-titre", LINE), "kind": ("Type", CHOICE),
    "number": ("Numéro", NUMBER), "summary": ("Résumé", TEXT),
    "dimension": ("Dimension", CHOICE), "topics": ("Domaines", CODES),
    "audience": ("Public, en mots", LINES), "audience_codes": ("Public, pour le filtre", CODES),
    "departments": ("Départements", CODES), "notice": ("Avis au public", LINE),
    "reviewed_on": ("Relue le", DAY), "review_by": ("À relire avant le", DAY),
    "falc_reviewed_on": ("Version facile à lire relue le", DAY),
    "action": ("Mission en une phrase", TEXT),
    "partner_profiles": ("Profils de partenaires", LINES), "places": ("Lieux", LINES),
    "modalities": ("Modalités", CODES), "training": ("Formations", OTHER),
    "regulation": ("Cadre réglementaire", TEXT), "skills": ("Savoirs et compétences", LINES),
    "working_group": ("Groupe de travail", LINE), "contributors": ("Contributeurs", LINES),
    "publishers": ("Éditeurs", LINES), "methodology": ("Méthode", TEXT),
    "facts": ("Repères chiffrés", OTHER), "grids": ("Grilles d’auto-évaluation", LINES),
    "workshops": ("Ateliers", LINES), "terms": ("Mots du lexique", OTHER),
    "references": ("Références", OTHER), "relations": ("À lire aussi et parties", OTHER),
    "media": ("Vidéos et enregistrements", OTHER),
}  # fmt: skip
_WHOLE = {CHOICE, CODES, DAY, NUMBER, OTHER}
_LANES = {"partner": "partner_label", "professional": "professional_label", "actions": ""}


@dataclass(frozen=True)
class Unit:
    """``key`` says the place; a ``whole`` unit is put back as it was, never by paragraph."""

    key: str
    label: str
    blocks: tuple[Block, ...]
    value: Any
    whole: bool = False
    rich: bool = False


def field_units(content: Mapping[str, Any]) -> list[Unit]:
    return [_field_unit(name, content) for name in FIELDS]


def _field_unit(name: str, content: Mapping[str, Any]) -> Unit:
    label, shape = FIELDS[name]
    value = content.get(name)
    lines = [line for line in _lines(name, shape, value) if line]
    blocks = tuple(Block(escape(line, quote=False)) for line in lines)
    return Unit(f"field:{name}", label, blocks, value, whole=shape in _WHOLE)


def _lines(name: str, shape: int, value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if shape in (LINE, NUMBER):
        return [str(value)]
    if shape == TEXT:
        return [line.strip() for line in value.splitlines()]
    if shape == DAY:
        return [date_fr(date.fromisoformat(value))]
    if shape in (CHOICE, CODES):
        labels = dict(_CHOICES[name].choices)
        codes = value if shape == CODES else [value]
        return [str(labels.get(code, code)) for code in codes]
    if shape == LINES:
        return [str(line) for line in value]
    return _rows(name, value)


def _rows(name: str, value: Any) -> list[str]:
    if name == "facts":
        return [f"{key} : {figure}" for key, figure in value.items()]
    if name == "training":
        return [r["name"] + (" (obligatoire)" if r.get("required") else "") for r in value]
    if name == "terms":
        return [row["term"] for row in value]
    if name == "media":
        return [_media(row) for row in value]
    return [row["title"] for row in value]


def _media(row: Mapping[str, Any]) -> str:
    return f"{row['title']} — {row['url']} — {Block(row['transcript_html']).words}"


def section_units(section: Mapping[str, Any]) -> list[Unit]:
    """The title, the text, then each step of a path with its title and its lanes."""
    place = f"{section['variant']}:{section['anchor']}"
    units = [
        _plain(f"title:{place}", "Titre de la section", section["title"]),
        _level(f"level:{place}", section["level"]),
        _rich(f"text:{place}", "Texte", section["source"]),
    ]
    path = section.get("path")
    if not path:
        return units
    units.append(_plain(f"path:{place}", "Titre du parcours", path["title"]))
    for step in path["steps"]:
        units += step_units(place, step)
    return units


def step_units(place: str, step: Mapping[str, Any]) -> list[Unit]:
    where, number = f"{place}:{step['number']}", step["number"]
    units = [_plain(f"step-title:{where}", f"Étape {number}, titre", step["title"])]
    for lane, label in _LANES.items():
        name = step[label] if label else "Ensemble"
        if label:
            units.append(
                _plain(f"step-{lane}-name:{where}", f"Étape {number}, nom de la voie", step[label])
            )
        units.append(
            _rich(f"step-{lane}:{where}", f"Étape {number}, {name}", step["source"].get(lane, ""))
        )
    return units


def _plain(key: str, label: str, text: str) -> Unit:
    blocks = (Block(escape(text, quote=False)),) if text else ()
    return Unit(key, label, blocks, text)


def _level(key: str, level: int) -> Unit:
    return Unit(key, "Niveau du titre", (Block(str(level)),), level, whole=True)


def _rich(key: str, label: str, html: str) -> Unit:
    return Unit(key, label, tuple(blocks_of(html)), html, rich=True)


def unit_write(content: Content, unit: Unit, blocks: Sequence[Block]) -> None:
    """Put paragraphs in the place of a unit, in this very content.

    Raises ValidationError when the place is no more.
    """
    lines = [unescape(block.html) for block in blocks]
    kind, _, place = unit.key.partition(":")
    if kind == "field":
        shape = FIELDS[place][1]
        content[place] = lines if shape == LINES else "\n".join(lines)
        return
    _write(content, kind, place, html_of(blocks) if unit.rich else " ".join(lines))


def unit_write_whole(content: Content, unit: Unit) -> None:
    """Put the value of a unit in its place, whatever its shape."""
    kind, _, place = unit.key.partition(":")
    if kind == "field":
        content[place] = unit.value
    else:
        _write(content, kind, place, unit.value)


def _write(content: Content, kind: str, place: str, value: Any) -> None:
    variant, anchor, *number = place.split(":")
    section = section_at(content, (variant, anchor))
    if section is None:
        raise gone()
    if kind in ("title", "level"):
        section[kind] = value
    elif kind == "text":
        section["source"] = value
    elif kind == "path" and section["path"]:
        section["path"]["title"] = value
    else:
        _write_step(section, kind, number, value)


def _write_step(section: dict[str, Any], kind: str, number: list[str], value: Any) -> None:
    step = step_at(section, int(number[0])) if number and number[0].isdigit() else None
    what = kind.removeprefix("step-")
    if step is None:
        raise gone()
    if what == "title":
        step["title"] = value
    elif what.endswith("-name"):
        step[f"{what.removesuffix('-name')}_label"] = value
    elif what in _LANES:
        step["source"][what] = value
    else:
        raise ValidationError("Ce passage n’existe pas.")

"""YAML read with the line of every value, so that an error can name it.

The safe subset only: no tags of Python, no anchors (a few lines of them can
unfold into gigabytes), no key twice in a mapping (YAML would keep the last one
in silence).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Far deeper than our files; the time of the parser grows with the square of it.
DEPTH = 40
Complain = Callable[[int, str], None]


@dataclass(frozen=True)
class Located:
    """A value and the line it starts on; lists and mappings hold Located values."""

    value: Any
    line: int


def read_yaml(text: str, *, complain: Complain, first_line: int = 1) -> Located | None:
    """The document in ``text``, or None when nothing can be read of it.

    ``first_line`` is the line of the file on which the text starts.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH:
                complain(_line(event.start_mark) + first_line, "trop de listes emboîtées.")
                return None
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                complain(
                    _line(event.start_mark) + first_line,
                    "les ancres et les alias (& et *) ne sont pas admis.",
                )
                return None
        loader = Loader(text)
        try:
            node = loader.get_single_node()
            return None if node is None else _convert(node, loader, complain, first_line)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark) + first_line
        complain(line, f"YAML illisible ({error.problem or error.context}).")
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0) or 0
        line = text.count("\n", 0, position) + first_line
        complain(line, "YAML illisible (caractère non admis).")
    except ValueError as error:
        complain(first_line, f"valeur impossible ({error}).")
    return None


def _line(mark: Any) -> int:
    return mark.line if mark else 0


def _convert(node: yaml.Node, loader: Any, complain: Complain, first_line: int) -> Located:
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.SequenceNode):
        return Located([_convert(item, loader, complain, first_line) for item in node.value], line)
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Located] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + first_line
            if not isinstance(key_node, yaml.ScalarNode):
                complain(key_line, "un nom de champ est un mot, pas une liste.")
                continue
            if key_node.value in entries:
                complain(key_line, f"le champ « {key_node.value} » est donné deux fois.")
            entries[key_node.value] = _convert(value_node, loader, complain, first_line)
        return Located(entries, line)
    try:
        return Located(loader.construct_object(node, deep=True), line)
    except (yaml.YAMLError, ValueError):
        complain(line, f"valeur impossible : « {node.value} ».")
        return Located(None, line)

"""What one reading of the content gathers: items, faults, and who points to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cops.content.faults import Fault
from cops.content.located import Located, read_yaml


@dataclass(frozen=True)
class Item:
    """One object of the content, checked, in the shape its source saves.

    ``data`` holds only what JSON knows: its hash tells whether the file changed.
    """

    slug: str
    file: str
    line: int
    data: dict[str, Any]


@dataclass(frozen=True)
class Pointer:
    """Somewhere in a file, a slug that must exist in another source."""

    source: str
    slug: str
    file: str
    line: int


@dataclass
class Reading:
    """Shared by all sources while they read; nothing is written before it is complete."""

    root: Path
    items: dict[str, list[Item]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)

    def sheet(self, path: Path) -> Sheet:
        return Sheet(self, path, path.relative_to(self.root).as_posix())

    def missing_targets(self) -> list[Fault]:
        """A fault for each pointer whose slug no file holds."""
        known = {name: {item.slug for item in items} for name, items in self.items.items()}
        return [
            Fault(p.file, p.line, f"« {p.slug} » est inconnu : aucun fichier ne le décrit.")
            for p in self.pointers
            if p.slug not in known.get(p.source, set())
        ]


@dataclass
class Sheet:
    """One file being read."""

    reading: Reading
    path: Path
    name: str

    def fault(self, line: int, message: str) -> None:
        self.reading.faults.append(Fault(self.name, line, message))

    def points_to(self, source: str, slug: str, line: int) -> None:
        self.reading.pointers.append(Pointer(source, slug, self.name, line))

    def text(self) -> str | None:
        """The file as text; None (and a fault) when it is absent or not clean UTF-8."""
        try:
            raw = self.path.read_bytes()
        except OSError:
            self.fault(1, "fichier introuvable ou illisible.")
            return None
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.fault(line, "caractère illisible : le fichier n’est pas en UTF-8.")
            return None
        for number, content in enumerate(text.split("\n"), start=1):
            if any(ord(c) < 32 and c != "\t" for c in content):
                self.fault(number, "caractère de contrôle invisible à retirer.")
                return None
        return text

    def yaml(self) -> Located | None:
        text = self.text()
        if text is None:
            return None
        found = read_yaml(text, complain=self.fault)
        if found is None and not any(f.file == self.name for f in self.reading.faults):
            self.fault(1, "fichier vide.")
        return found

    def front_matter(self) -> tuple[Located | None, str, int]:
        """(front matter, body, line of the file on which the body starts)."""
        text = self.text()
        if text is None:
            return None, "", 1
        lines = text.split("\n")
        if lines[0].rstrip() != "---":
            self.fault(1, "le fichier commence par un en-tête entre deux lignes « --- ».")
            return None, "", 1
        for number, line in enumerate(lines[1:], start=2):
            if line.rstrip() == "---":
                head = "\n".join(lines[1 : number - 1])
                found = read_yaml(head, complain=self.fault, first_line=2)
                if found is None and not any(f.file == self.name for f in self.reading.faults):
                    self.fault(1, "en-tête vide.")
                return found, "\n".join(lines[number:]), number + 1
        self.fault(1, "l’en-tête n’est pas fermé par une ligne « --- ».")
        return None, "", 1

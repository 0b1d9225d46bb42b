"""Ways of changing the starting content, for the tests of its loading."""

from __future__ import annotations

from pathlib import Path

LEXICON = "resources/content/lexicon.yaml"
SHEET = "resources/content/resources/agir-groupe-de-travail.md"


def change(root: Path, file: str, before: str, after: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def remove_term(root: Path, slug: str) -> None:
    path = root / LEXICON
    blocks = path.read_text(encoding="utf-8").split("\n- slug: ")
    kept = [block for block in blocks if not block.startswith(f"{slug}\n")]
    assert len(kept) == len(blocks) - 1
    path.write_text("\n- slug: ".join(kept), encoding="utf-8")


def add_term(root: Path, slug: str = "mot-nouveau", term: str = "Mot nouveau") -> None:
    with (root / LEXICON).open("a", encoding="utf-8") as file:
        file.write(
            f'\n- slug: {slug}\n  term: "{term}"\n  category: acteurs\n'
            '  definition: "Un mot."\n  basis: editorial\n'
        )

"""The kinds of mails a person may get, or refuse."""

from __future__ import annotations

from dataclasses import dataclass

KEEP_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Category:
    key: str
    label: str
    # Sent to many who may say no: an uncertain one is never sent again without a person.
    bulk: bool
    # Days the text is kept once it is settled; 0 for what holds a code.
    keep_days: int = KEEP_DAYS
    # Nothing is kept of it once it is settled, the address neither.
    forget: bool = False


_categories: dict[str, Category] = {}


def register_category(
    key: str, label: str, *, bulk: bool, keep_days: int = KEEP_DAYS, forget: bool = False
) -> None:
    """Declare a category, e.g. ``("account", "Votre compte", bulk=False, keep_days=0)``.

    ``label`` is read by people: on the page where they unsubscribe, and by the team. ``forget``:
    its mails are erased as soon as they are settled, whole.
    """
    new = Category(
        key=key, label=label, bulk=bulk, keep_days=0 if forget else keep_days, forget=forget
    )
    if _categories.setdefault(key, new) != new:
        raise ValueError(f"two categories of mail are named {key}")


def category_of(key: str) -> Category:
    """Raises ValueError for a category that nobody declared."""
    try:
        return _categories[key]
    except KeyError:
        raise ValueError(f"{key!r} is not declared: see cops.mail.register_category") from None


def categories() -> dict[str, Category]:
    return _categories


def label_of(key: str) -> str:
    """Its French label; the key itself for a category that no longer exists."""
    return _categories[key].label if key in _categories else key


def forgotten() -> list[str]:
    """The categories whose mails leave nothing behind."""
    return [kind.key for kind in _categories.values() if kind.forget]


def forgets(key: str) -> bool:
    """Whether this one is among them."""
    return key in _categories and _categories[key].forget


def keep_days_of(key: str) -> int:
    """How long its texts are kept once settled."""
    return _categories[key].keep_days if key in _categories else KEEP_DAYS

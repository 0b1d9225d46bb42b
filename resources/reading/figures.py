"""How much a sheet is read, taken and found useful: totals of a day, never a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cops.counters.models import DailyCount
from cops.formats import MONTHS, date_fr
from resources.models import Resource, ResourceRedirect

# What is counted (cops.counters), and the column it adds to.
COLUMNS = {
    "resource.view": "views",
    "resource.falc": "views",
    "resource.download": "downloads",
    "resource.attachment": "downloads",
    "resource.useful.yes": "yes",
    "resource.useful.partly": "partly",
    "resource.useful.no": "no",
}
# Name in the address: (words, days, by month).
PERIODS = {
    "30-jours": ("30 derniers jours", 30, False),
    "90-jours": ("90 derniers jours", 90, False),
    "12-mois": ("12 derniers mois", 365, True),
    "tout": ("Depuis le début", 0, True),
}
SORTS = ("titre", "vues", "telechargements", "utile", "reponses")


@dataclass
class Figures:
    """The totals of a sheet, or of one day or month."""

    views: int = 0
    downloads: int = 0
    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def answers(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def useful(self) -> float | None:
        """The share of « oui » among the answers, « en partie » counting half; None without any."""
        return (self.yes + self.partly / 2) / self.answers if self.answers else None


@dataclass
class SheetFigures(Figures):
    slug: str = ""
    title: str = ""


@dataclass
class Period:
    """A period asked for: its first day (None: from the beginning), the grain of its curve."""

    name: str
    label: str
    start: date | None
    by_month: bool
    today: date = field(default_factory=timezone.localdate)


def period_of(name: str) -> Period:
    """The period of that name; thirty days for any other."""
    name = name if name in PERIODS else "30-jours"
    label, days, by_month = PERIODS[name]
    today = timezone.localdate()
    if not days:
        start = None
    elif by_month:
        start = date(today.year - 1, today.month, 1)
    else:
        start = today - timedelta(days=days - 1)
    return Period(name, label, start, by_month, today)


def by_sheet(period: Period, *, sort: str = "vues") -> list[SheetFigures]:
    """Every sheet that has a figure in the period or is public, in the order asked for.

    Two statements for the counts and the sheets, one for the former addresses.
    """
    sheets = {
        slug: SheetFigures(slug=slug, title=title)
        for slug, title in Resource.objects.order_by("sort_key", "pk").values_list("slug", "title")
    }
    public = set(Resource.objects.public().values_list("slug", flat=True))
    former = _former()
    for kind, key, count in (
        _counts(period).values("kind", "key").annotate(n=Sum("count")).order_by()
        .values_list("kind", "key", "n")
    ):  # fmt: skip
        if sheet := sheets.get(former.get(key, key)):
            _add(sheet, kind, count)
    shown = [s for s in sheets.values() if s.slug in public or s.views or s.downloads or s.answers]
    return _sorted(shown, sort)


def over_time(period: Period, *, slug: str = "") -> list[tuple[date, Figures]]:
    """The totals of each day, or of each month, of the period; zeros between them."""
    former = _former()
    names = [slug] if slug else list(Resource.objects.values_list("slug", flat=True))
    names += [old for old, present in former.items() if not slug or present == slug]
    rows = _counts(period).filter(key__in=names)
    found: dict[date, Figures] = defaultdict(Figures)
    grain = TruncMonth("day") if period.by_month else F("day")
    totals = rows.values("kind", at=grain).annotate(n=Sum("count")).order_by("at", "kind")
    for at, kind, count in totals.values_list("at", "kind", "n"):
        _add(found[at], kind, count)
    start = period.start or min(found, default=period.today)
    return [(day, found.get(day, Figures())) for day in _days(start, period)]


def label_of(day: date, *, by_month: bool) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if by_month else date_fr(day)


def csv_rows(period: Period, *, slug: str = "") -> Iterator[list[object]]:
    """The head, then a line for each sheet (or for each day of one sheet)."""
    columns = ["vues", "téléchargements", "utile : oui", "utile : en partie", "utile : non"]
    if slug:
        yield ["mois" if period.by_month else "jour", *columns]
        for day, one in over_time(period, slug=slug):
            yield [day.isoformat()[: 7 if period.by_month else 10], *_numbers(one)]
        return
    yield ["fiche", "adresse", *columns]
    for sheet in by_sheet(period, sort="titre"):
        yield [sheet.title, sheet.slug, *_numbers(sheet)]


def _numbers(one: Figures) -> list[int]:
    return [one.views, one.downloads, one.yes, one.partly, one.no]


def _counts(period: Period) -> QuerySet[DailyCount]:
    rows = DailyCount.objects.filter(kind__in=COLUMNS)
    return rows.filter(day__gte=period.start) if period.start else rows


def _add(one: Figures, kind: str, count: int) -> None:
    column = COLUMNS[kind]
    setattr(one, column, getattr(one, column) + count)


def _former() -> dict[str, str]:
    """Former address → present one: what was counted under the first is of the same sheet."""
    return dict(ResourceRedirect.objects.values_list("slug", "resource__slug"))


def _sorted(rows: Iterable[SheetFigures], sort: str) -> list[SheetFigures]:
    def useful(row: SheetFigures) -> tuple[bool, float]:
        return (row.useful is None, -(row.useful or 0))

    keys = {
        "vues": lambda row: -row.views,
        "telechargements": lambda row: -row.downloads,
        "reponses": lambda row: -row.answers,
        "utile": useful,
    }
    ordered = list(rows)  # A–Z already
    return sorted(ordered, key=keys[sort]) if sort in keys else ordered


def _days(start: date, period: Period) -> Iterator[date]:
    day = start.replace(day=1) if period.by_month else start
    while day <= period.today:
        yield day
        if period.by_month:
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        else:
            day += timedelta(days=1)

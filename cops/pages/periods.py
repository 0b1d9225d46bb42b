"""Dates as history tells them: a year, a month, a day, or from one to the other."""

from cops.formats import MONTHS, NBSP


def period_fr(text: str) -> str:
    """« 2019-06/2021-12 » as « de juin 2019 à décembre 2021 », « 2018/2019 » as « 2018-2019 »."""
    begin, _, end = text.partition("/")
    if not end:
        return _moment(begin)
    if len(begin) == len(end) == 4:
        return f"{begin}-{end}"
    return f"de {_moment(begin)} à {_moment(end)}"


def _moment(text: str) -> str:
    year, *rest = text.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month}{NBSP}{year}"
    day = int(rest[1])
    return f"{'1er' if day == 1 else day}{NBSP}{month}{NBSP}{year}"

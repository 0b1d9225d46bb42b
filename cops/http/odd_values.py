"""Values that no form of ours sends, where Django's admin does not look at them first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import django
from django.db import DataError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cops.http import answers

logger = logging.getLogger("cops.http")

_DJANGO = str(Path(django.__file__).parent)


class OddValueMiddleware:
    """A French 400 for a NUL, « abc » as a number or a year of twelve digits in the admin.

    Our own views look at what they read. The admin hands some parameters to the database
    as they are; an error of ours is not mistaken for one: it was not raised by Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.app_name != "admin" or not _is_odd(exception):
            return None
        logger.warning("a value was refused (%s)", type(exception).__name__)
        return answers.unreadable()


def _is_odd(exception: Exception) -> bool:
    if isinstance(exception, DataError):
        return True
    if not isinstance(exception, (ValueError, OverflowError)):
        return False
    last = exception.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return last is not None and last.tb_frame.f_code.co_filename.startswith(_DJANGO)

"""Static files under a name that holds their hash, kept for ever by the reader's browser."""

from typing import Any

import brotli
from django.conf import settings
from django.utils.functional import cached_property
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickCompressor(Compressor):
    """Whitenoise's, which spends five seconds on the megabytes of one package's page no more."""

    LARGE = 1_000_000

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=5 if len(data) > QuickCompressor.LARGE else 11)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, in which our modules import each other under hashed names too.

    Otherwise the modules that ``main.js`` asks for would have a short life in the
    browser, and an old one could meet a new page. Ours alone (``js/``): modules of
    packages import names that only their own build knows.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def create_compressor(self, **options: Any) -> Compressor:
        return QuickCompressor(**options)

    def url(self, name: str | None, force: bool = False) -> str:
        """The hashed address: the manifest is read at start and names it once and for all."""
        if settings.DEBUG or name is None:
            return super().url(name, force)
        known = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = super().url(name, force)
        return known

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

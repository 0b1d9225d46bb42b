"""Files that people send: known by their content, whatever their name and their browser say.

    checked = check(upload)          # raises UploadRefusedError: a French reason, for a form

``checked`` holds a clean name to show, the media type, and ``files``: what to store, by
suffix (``""`` for all but a picture, whose sizes are ``"1344x896"`` and ``"672x448"``).

- a picture is decoded and written again, upright, without what the camera noted (place, hour);
- a PDF is written again without what it could run, send or carry;
- an office document is looked into: the right parts, no macro, no bomb;
- everything else is refused with the reason: SVG and HTML run programs, a film and a
  recording live with their transcript where they are hosted.
"""

from cops.uploads.checking import Checked, Kind, check
from cops.uploads.refusing import LIMIT_WORDS, MAX_BYTES, UploadRefusedError

__all__ = ["LIMIT_WORDS", "MAX_BYTES", "Checked", "Kind", "UploadRefusedError", "check"]

"""A picture is decoded, then written again: nothing but its points goes through."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from cops.uploads.refusing import UploadRefusedError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_POINTS = 50_000_000  # a decoded picture of 50 million points holds 200 MB
# The column of text is 42rem, 672 points wide on a screen of one point for one, twice on others.
WIDTH, COLUMN = 1_344, 672
MAX_HEIGHT = 2_400
QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """The sizes of one picture, the largest first: (width, height, bytes)."""

    extension: str
    sizes: list[tuple[int, int, bytes]]


def picture_rewrite(file: IO[bytes]) -> Picture:
    """The picture upright, in at most two widths, without what its file told beside it.

    Raises UploadRefusedError when it cannot be read or has too many points. Of a moving one
    the first view is kept.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(file, formats=FORMATS)
            width, height = opened.size
            if width * height > MAX_POINTS:
                raise UploadRefusedError(
                    f"Cette image a {width} × {height} points : 50 millions au plus."
                    " Enregistrez-la en plus petit."
                )
            opened.load()
            points = _plain(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError:
        raise UploadRefusedError(
            "Cette image a trop de points. Enregistrez-la en plus petit."
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, UploadRefusedError):
            raise
        raise UploadRefusedError(
            "Cette image est abîmée ou incomplète. Enregistrez-la de nouveau, en JPEG ou en PNG."
        ) from None
    return _written(points)


def _plain(image: Image.Image) -> Image.Image:
    """Red, green, blue, in the colours that every screen knows; and alpha if there is any."""
    profile = image.info.get("icc_profile")
    clear = "A" in image.getbands() or "transparency" in image.info
    if profile and image.mode in ("RGB", "CMYK") and not clear:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if made is not None:
                return made
        except ImageCms.PyCMSError:
            pass  # a faulty profile: the colours as they are
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if clear else "RGB")


def _written(image: Image.Image) -> Picture:
    large = _fit(image)
    sizes = [large]
    if large[0] > COLUMN:
        sizes.append((COLUMN, max(1, round(large[1] * COLUMN / large[0]))))
    drawn = [image if size == image.size else image.resize(size, _FINE) for size in sizes]
    if image.mode == "RGBA":
        return _as("png", drawn)
    photo, drawing = _as("jpg", drawn), _as("png", drawn)
    # A drawing with few colours is lighter, and sharper, as PNG.
    return drawing if len(drawing.sizes[0][2]) < len(photo.sizes[0][2]) else photo


_FINE = Image.Resampling.LANCZOS


def _fit(image: Image.Image) -> tuple[int, int]:
    scale = min(1.0, WIDTH / image.width, MAX_HEIGHT / image.height)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _as(extension: str, drawn: list[Image.Image]) -> Picture:
    sizes = []
    for image in drawn:
        out = BytesIO()
        # A new image of the same points: no profile, no comment, no EXIF goes along.
        bare = Image.new(image.mode, image.size)
        bare.paste(image)
        if extension == "png":
            bare.save(out, "PNG", optimize=True)
        else:
            bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        sizes.append((image.width, image.height, out.getvalue()))
    return Picture(extension, sizes)

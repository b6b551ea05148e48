"""One image file -> its pictures: every format that Pillow reads safely, in every depth and mode."""

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import Unreadable, need
from ...core.samples import Array
from ...text.plural import plural

# Formats that are pictures and nothing else: none of them runs another program, as PostScript would. The last is that
# of files without first bytes of their own, for which Pillow takes many an icon.
FORMATS = (
    *("PNG", "JPEG", "WEBP", "BMP", "DIB", "TIFF", "GIF", "PPM", "AVIF", "JPEG2000", "ICO", "PCX", "SGI", "QOI"),
    "TGA",
)
SUFFIXES = frozenset(
    (
        *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".dib", ".tif", ".tiff", ".gif"),
        *(".ppm", ".pgm", ".pbm", ".pnm", ".pfm", ".avif", ".jp2", ".j2k", ".tga", ".ico", ".pcx", ".heic", ".heif"),
        *(".sgi", ".qoi"),
    )
)
MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, MemoryError, struct.error)
DEEP = 65_535  # the highest number of 16 bits
TURNED = range(2, 9)  # the directions of EXIF other than upright; any other number is none
BITS = 258  # the tag of a TIFF that tells the bits of each band
OPAQUE = 255  # of an alpha channel of 8 bits
GREY = ("1", "L", "LA", "La")


@dataclass(frozen=True)
class DecodedImage:
    """Pixels (h, w) or (h, w, 3), with the transparency `alpha` (h, w) where there is some.

    They are uint8, or float32 in [0, 1] where the file has 16 bits, or float64 where it holds numbers whose white is
    not known. `facts` are what has to be told of it.
    """

    pixels: Array
    alpha: Array | None = None
    facts: tuple[str, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether the format says which number is white."""
        return self.pixels.dtype != np.float64


def is_image(data: bytes) -> bool:
    """Whether a file opens as an image does whose first bytes no other file has."""
    return data.startswith(MARKS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _is_heif(data)


def read_pictures(file: Path | bytes, where: str) -> list[DecodedImage]:
    """The picture of a file, or each page of a TIFF; of an animation the first picture.

    Raises Unreadable where there is none.
    """
    pillow = need("PIL.Image", "reading images")
    data = file if isinstance(file, bytes) else _content(file, where)
    if not data:
        raise Unreadable(where, "is empty", "save it again")
    if _is_heif(data):
        raise Unreadable(where, "is HEIC, which is not read", "save it as JPEG or PNG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what Pillow mended by itself
            # of bytes, for Pillow 13 maps a file of raw pixels that has to be turned with its sides exchanged
            with pillow.open(io.BytesIO(data), formats=_formats()) as image:
                return list(_frames(image))
    except pillow.UnidentifiedImageError as error:
        if bands := _bands(data):
            raise Unreadable(where, f"has {bands}, which are not read", "save its array as .npz") from error
        reason = "is cut off or damaged" if is_image(data) else "is no image"
        raise Unreadable(where, reason, "check it in a viewer") from error
    except pillow.DecompressionBombError as error:
        most = 2 * pillow.MAX_IMAGE_PIXELS // 1_000_000
        raise Unreadable(where, f"has more than {most} million pixels", "make it smaller") from error
    except BROKEN as error:
        raise Unreadable(where, "is cut off or damaged", "check it in a viewer") from error


@cache
def _formats() -> tuple[str, ...]:
    """Those that this build of Pillow reads."""
    from PIL import Image

    Image.init()
    return tuple(name for name in FORMATS if name in Image.OPEN)


def _bands(data: bytes) -> str:
    """The bands of a TIFF whose directory is whole, in words, since no other fault is left then; else ""."""
    from PIL import TiffImagePlugin

    if not data.startswith(MARKS[4:]):
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a directory that is cut off
            tags = TiffImagePlugin.ImageFileDirectory_v2(data[:8])
            file = io.BytesIO(data)
            file.seek(tags.next)
            tags.load(file)
            bits = tuple(tags[BITS])
    except BROKEN:
        return ""
    return f"{plural(len(bits), 'band', 'bands')} of {' and '.join(map(str, sorted(set(bits))))} bits"


def _content(file: Path, where: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unreadable(where, f"cannot be read ({error.strerror})", "check its permissions") from error


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in HEIF


def _frames(image: Any) -> Iterator[DecodedImage]:
    count = getattr(image, "n_frames", 1)
    if image.format == "TIFF":
        for page in range(count):
            image.seek(page)
            yield _picture(image, ())
    else:
        yield _picture(image, ("animated",) if count > 1 and image.format in ("GIF", "PNG", "WEBP", "AVIF") else ())


def _picture(image: Any, facts: tuple[str, ...]) -> DecodedImage:
    from PIL import ImageOps

    if image.mode in ("RGB", "RGBA", "LA") and any("16" in str(tile[-1]) for tile in image.tile):
        facts += ("16-bit colour",)
    kind = image.format  # which a picture that was turned has lost
    if image.getexif().get(0x0112) in TURNED and kind != "TIFF":
        image = ImageOps.exif_transpose(image)
        facts += ("turned",)
    elif kind == "TIFF" and image.tag_v2.get(0x0112) in TURNED:
        facts += ("turned",)  # Pillow turns a TIFF as it loads it
    if image.mode.startswith("I;16") or (image.mode == "I" and kind in ("PPM", "PNG")):
        pixels = np.asarray(image).astype(np.float32) / np.float32(DEEP)
        return DecodedImage(pixels, None, (*facts, "16-bit grey"))
    if image.mode in ("I", "F"):
        return DecodedImage(np.asarray(image).astype(np.float64), None, facts)
    grey = image.mode in GREY or (image.mode in ("P", "PA") and _is_grey(image))
    if image.has_transparency_data:
        bands = np.asarray(image.convert("RGBA"))
        if (bands[..., -1] < OPAQUE).any():
            return DecodedImage(bands[..., 0] if grey else bands[..., :3], bands[..., -1], facts)
    return DecodedImage(np.asarray(image.convert("L" if grey else "RGB")), None, facts)


def _is_grey(image: Any) -> bool:
    """Whether a palette, which does not say so, was used for greys alone."""
    colours = np.asarray(image.convert("RGB"))
    return bool((colours == colours[..., :1]).all())

"""Images: every depth, mode and direction is read with its own white, and what is done to them is told."""

import os

import numpy as np
import pytest

pytest.importorskip("PIL", reason="reading images needs Pillow")

from PIL import Image as pillow

from autophagy.core.errors import DataError
from autophagy.data.load import load
from autophagy.data.readers.pictures import read_pictures

GREY = np.random.default_rng(5).integers(0, 256, (6, 8), dtype=np.uint8)
SAVED = ("png", "bmp", "tif", "gif", "ppm", "webp", "jpg")


def save(path, x=GREY, **words):
    path.parent.mkdir(parents=True, exist_ok=True)
    pillow.fromarray(x).save(path, **words)


def rows(folder):
    found = load(str(folder))
    return found.samples.x, found.notes


@pytest.mark.parametrize("suffix", SAVED)
def test_every_common_format_is_read(tmp_path, suffix):
    words = {"lossless": True} if suffix == "webp" else {"quality": 100} if suffix == "jpg" else {}
    for name in "ab":
        save(tmp_path / f"{name}.{suffix}", **words)
    x, notes = rows(tmp_path)
    grey = x.mean(axis=3) if x.ndim == 4 else x
    np.testing.assert_allclose(grey, [GREY / 255] * 2, atol=0.02 if suffix == "jpg" else 1e-6)
    assert notes == []


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr"])
def test_every_mode_shows_the_same_picture(tmp_path, mode):
    black_and_white = np.where(GREY > 127, 255, 0).astype(np.uint8)
    for name in "ab":
        pillow.fromarray(black_and_white).convert("RGB").convert(mode).save(tmp_path / f"{name}.tif")
    x, notes = rows(tmp_path)
    assert x.shape[1:3] == (6, 8)
    np.testing.assert_allclose(x.mean(axis=3) if x.ndim == 4 else x, [black_and_white / 255] * 2, atol=0.01)
    assert notes == []


def test_sixteen_bits_are_not_clipped_and_go_with_bytes(tmp_path):
    save(tmp_path / "a.png", GREY.astype(np.uint16) * 257)
    save(tmp_path / "b.pgm", GREY.astype(np.uint16) * 257)
    save(tmp_path / "c.png")
    x, notes = rows(tmp_path)
    np.testing.assert_allclose(x, [GREY / 255] * 3, rtol=1e-6)
    assert notes == ["2 of 3 images were read with 16 bits, so that 65,535 is white: a.png, b.pgm."]


def test_numbers_without_a_white_are_mapped_together_and_those_of_the_other_kind_set_aside(tmp_path):
    save(tmp_path / "a.tif", GREY.astype(np.float32))
    save(tmp_path / "b.tif", GREY.astype(np.float32) / 2)
    save(tmp_path / "c.png")
    x, notes = rows(tmp_path)
    np.testing.assert_allclose(x, np.stack([GREY, GREY / 2]) / GREY.max(), rtol=1e-6)
    assert "1 of 3 images was set aside for not holding numbers, as most do: c.png." in notes


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "lzw.tif"])
@pytest.mark.parametrize("direction", range(1, 9))
def test_an_image_is_turned_as_its_exif_says(tmp_path, suffix, direction):
    exif = pillow.Exif()
    exif[0x0112] = direction
    block = np.kron(np.array([[0, 255], [80, 160]], np.uint8), np.ones((16, 24), np.uint8))
    words = {"compression": "tiff_lzw"} if suffix == "lzw.tif" else {"quality": 100}
    save(tmp_path / f"a.{suffix}", block, exif=exif, **words)
    upright = {
        1: block, 2: block[:, ::-1], 3: block[::-1, ::-1], 4: block[::-1], 5: block.T, 6: block[::-1].T,
        7: block[::-1, ::-1].T, 8: block[:, ::-1].T,
    }  # fmt: skip
    (found,) = read_pictures(tmp_path / f"a.{suffix}", "a")
    grey = found.pixels if found.pixels.ndim == 2 else found.pixels.mean(axis=2)
    np.testing.assert_allclose(grey, upright[direction], atol=3)
    assert found.facts == (("turned",) if direction > 1 else ())


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("direction", [0, 9, 42])
def test_an_exif_direction_that_is_none_turns_nothing_and_nothing_is_told(tmp_path, suffix, direction):
    exif = pillow.Exif()
    exif[0x0112] = direction
    save(tmp_path / f"a.{suffix}", np.zeros((16, 24), np.uint8), exif=exif)
    (found,) = read_pictures(tmp_path / f"a.{suffix}", "a")
    assert found.pixels.shape[:2] == (16, 24)
    assert found.facts == ()


def test_what_is_transparent_is_laid_over_white_or_over_black_where_white_would_hide_it(tmp_path):
    drawn = np.zeros((6, 8, 4), np.uint8)
    drawn[..., 3] = GREY
    for name, colour in (("dark", 0), ("light", 255)):
        drawn[..., :3] = colour
        for i in range(2):
            save(tmp_path / name / f"{i}.png", drawn)
    x, notes = rows(tmp_path / "dark")
    np.testing.assert_allclose(x[..., 0], [1 - GREY / 255] * 2, atol=0.01)
    assert notes == ["2 of 2 images were transparent and laid over white: 0.png, 1.png."]
    x, notes = rows(tmp_path / "light")
    np.testing.assert_allclose(x[..., 0], [GREY / 255] * 2, atol=0.01)
    assert notes == ["2 of 2 images were transparent and laid over black: 0.png, 1.png."]


def test_the_colour_of_a_palette_that_is_transparent_does_not_count(tmp_path):
    image = pillow.fromarray(GREY).convert("P")
    for name in "ab":
        image.save(tmp_path / f"{name}.png", transparency=int(GREY[0, 0]))
    x, _ = rows(tmp_path)
    assert x[0, 0, 0] == 1


def test_pages_are_images_and_an_animation_is_its_first(tmp_path):
    pages = [pillow.fromarray(GREY), pillow.fromarray(255 - GREY)]
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:])
    np.testing.assert_allclose(rows(tmp_path / "scan.tif")[0], [GREY / 255, 1 - GREY / 255], rtol=1e-6)
    pages[0].save(tmp_path / "moving.gif", save_all=True, append_images=pages[1:])
    x, notes = rows(tmp_path)
    np.testing.assert_allclose(x, [GREY / 255, GREY / 255, 1 - GREY / 255], rtol=1e-6)
    assert notes == ["1 of 3 images was read as the first picture of an animation: moving.gif."]
    with pytest.raises(DataError, match="is one image"):
        load(str(tmp_path / "moving.gif"))


@pytest.mark.parametrize("kind", ["png", "bmp"])
@pytest.mark.parametrize("side", [16, 48, 256])
def test_icons_are_pictures_of_their_largest_size(tmp_path, side, kind):
    """Pillow takes an icon for a TGA where it may, since a TGA has no first bytes of its own."""
    grey = np.linspace(0, 255, side, dtype=np.uint8)
    for name in "ab":
        image = pillow.fromarray(np.tile(grey, (side, 1)))
        image.save(tmp_path / f"{name}.ico", sizes=[(16, 16), (side, side)], bitmap_format=kind)
    first = rows(tmp_path)[0][0].reshape(side, side, -1)
    np.testing.assert_allclose(first[0, :, 0], grey / 255, atol=1e-6)


@pytest.mark.parametrize("ending", ["bmp", "tga", "ico", "pcx", "sgi", "ppm", "jpg", "png"])
def test_a_picture_alone_is_told_whatever_its_format(tmp_path, ending):
    pillow.fromarray(GREY).save(tmp_path / f"a.{ending}")
    with pytest.raises(DataError, match="is one image: give the folder"):
        load(str(tmp_path / f"a.{ending}"))


def test_a_folder_as_people_keep_it(tmp_path, monkeypatch):
    """Upper case, wrong and missing suffixes, litter, a link that leads back, a bomb, HEIC and what is no image."""
    save(tmp_path / "a.PNG", format="png")
    save(tmp_path / "b.jpg", format="png")
    save(tmp_path / "c", format="png")
    save(tmp_path / ".hidden.png")
    save(tmp_path / "__MACOSX" / "a.png")
    save(tmp_path / "big.png", np.zeros((300, 300), np.uint8))
    for name in ("Thumbs.db", "notes.docx", "page.jpg"):
        (tmp_path / name).write_bytes(b"<html>")
    (tmp_path / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(20))
    os.symlink(tmp_path, tmp_path / "loop")
    monkeypatch.setattr(pillow, "MAX_IMAGE_PIXELS", 10_000)
    x, notes = rows(tmp_path)
    np.testing.assert_allclose(x, [GREY / 255] * 3, rtol=1e-6)
    assert notes == [
        "3 of 6 image files were set aside: big.png (has more than 0 million pixels), page.jpg (is no image), "
        "phone.heic (is HEIC, which is not read).",
        "1 of 7 files was left out as no image: notes.docx.",
    ]


def test_classes_are_the_first_folders_below_those_of_splits(tmp_path):
    for split in ("train", "val"):
        save(tmp_path / split / "cat" / "2024" / "a.png")
        save(tmp_path / split / "dog" / "a.png")
    found = load(str(tmp_path))
    assert found.samples.meta["label"].tolist() == [0, 1, 0, 1]
    assert found.notes == [
        "The folders train, val were read together, as splits of one data set.",
        "The class of each image is its first folder: those in cat/2024 are of cat.",
        "The 2 classes were numbered: 0 = cat, 1 = dog.",
    ]
    save(tmp_path / "stray.png")
    found = load(str(tmp_path))
    assert "label" not in found.samples.meta
    assert any("no classes" in note and "stray.png" in note for note in found.notes)


def test_a_tiff_of_bands_that_are_not_read_is_not_called_damaged(tmp_path):
    """labelme 1812: five bands of 32 bits, as satellites send them."""
    import struct

    for name in "ab":
        save(tmp_path / f"{name}.png")
    entries = [(256, 8), (257, 6), (258, 0), (259, 1), (262, 1), (273, 0), (277, 5), (278, 6), (279, 960), (339, 0)]
    after = 8 + 2 + 12 * len(entries) + 4
    where = {258: after, 339: after + 10, 273: after + 20}
    counts = {258: 5, 339: 5}
    listed = b"".join(
        struct.pack("<HHI", tag, 3 if tag != 273 else 4, counts.get(tag, 1)) + struct.pack("<I", where.get(tag, value))
        for tag, value in entries
    )
    data = b"II*\0" + struct.pack("<IH", 8, len(entries)) + listed + bytes(4) + struct.pack("<10H", *[32] * 5, *[3] * 5)
    whole = data + np.zeros((6, 8, 5), "<f4").tobytes()
    (tmp_path / "bands.tif").write_bytes(whole)
    (tmp_path / "cut.tif").write_bytes(whole[:60])
    notes = rows(tmp_path)[1]
    assert "bands.tif (has 5 bands of 32 bits, which are not read)" in notes[0]
    assert "cut.tif (is cut off or damaged)" in notes[0]


def test_folders_called_by_numbers_are_classes_in_the_order_of_the_numbers(tmp_path):
    """PyTorch 22566, torchvision 714: what is of class 2 was of the folder 10."""
    for number in range(12):
        save(tmp_path / str(number) / "a.png")
    found = load(str(tmp_path))
    assert found.samples.meta["label"].tolist() == [0, 1, 10, 11, *range(2, 10)]  # as the files come
    assert found.notes == []
    save(tmp_path / "20" / "a.png")
    assert "2 = 2" in load(str(tmp_path)).notes[0]

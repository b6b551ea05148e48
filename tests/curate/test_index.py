"""The index of what was kept: tomorrow's rows are judged against it as against the rows themselves, to the byte."""

import json
import random
import shutil

import pytest

import autophagy
from autophagy.cli.main import main
from autophagy.core.errors import DataError
from autophagy.curate.spec import CurateSpec
from autophagy.curators.duplicates import sketch


def text(seed, count=40):
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abcdefghijklmnop", k=draw.randint(2, 8))) for _ in range(count))


def changed(seed):
    """The text with one of its 40 words replaced: of 36 shingles each 31 are shared, a Jaccard index of .76."""
    words = text(seed).split()
    words[20] = "changed"
    return " ".join(words)


def written(folder, name, texts):
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps({"text": each}) + "\n" for each in texts))
    return path


def curated(path, out, reference=None, **more):
    spec = CurateSpec(paths=str(path), reference=str(reference) if reference else None, **more)
    return autophagy.run(spec, out, workers=1)


def outcome(out):
    """The rows and the summary but for the notes, which say how the reference was read."""
    summary = json.loads((out / "summary.json").read_text())
    files = {
        str(path.relative_to(out)): path.read_bytes() for part in ("kept", "dropped") for path in (out / part).iterdir()
    }
    return files | {"summary": {name: value for name, value in summary.items() if name != "notes"}}


@pytest.fixture
def days(tmp_path):
    """Monday's rows, curated, and Tuesday's: an exact copy, a near one, a copy of a copy, and 20 new ones."""
    monday = written(tmp_path, "monday", [text(n) for n in range(60)] + [text(7)])
    curated(monday, tmp_path / "one")
    tuesday = written(tmp_path, "tuesday", [text(3), changed(5), text(7), *(text(n) for n in range(100, 120))])
    return tmp_path, tuesday


def test_the_index_gives_the_same_bytes_as_the_rows(days):
    folder, tuesday = days
    curated(tuesday, folder / "two", folder / "one")
    shutil.copytree(folder / "one", folder / "bare")
    for sketches in (folder / "bare" / "index").glob("*.npz"):
        sketches.unlink()
    curated(tuesday, folder / "anew", folder / "bare")
    assert outcome(folder / "two") == outcome(folder / "anew")
    assert [path.name for path in (folder / "one" / "index").iterdir()].count("part-00001.npz") == 1
    assert (folder / "two" / "index" / "part-00001.npz").read_bytes() == (
        folder / "anew" / "index" / "part-00001.npz"
    ).read_bytes()
    notes = [json.loads((folder / out / "summary.json").read_text())["notes"] for out in ("two", "anew")]
    assert any("60 rows that one kept" in note for note in notes[0])
    assert any("no sketches of 60 of them" in note for note in notes[1])


def test_no_row_of_the_reference_is_sketched_again(days, monkeypatch):
    folder, tuesday = days
    seen = []
    before = sketch._hashed

    def hashed(texts, compiled):
        seen.extend(map(texts.text, range(len(texts))))
        return before(texts, compiled)

    monkeypatch.setattr(sketch, "_hashed", hashed)
    curated(tuesday, folder / "two", folder / "one")
    again = [each for each in seen if each in {text(n) for n in range(60)} - {text(3), text(7)}]
    assert set(again) == {text(5)}  # read to verify the near copy


def test_the_partner_is_named_by_its_own_file_and_row(days):
    folder, tuesday = days
    result = curated(tuesday, folder / "two", folder / "one")
    dropped = {row["row"]: row for row in result.dropped.to_pylist()}
    assert {(row["duplicate_file"], row["duplicate_row"]) for row in dropped.values()} >= {
        ("monday.jsonl", 4),
        ("monday.jsonl", 6),
    }
    assert dropped[1]["detail"] == "exact copy of a reference row"
    assert dropped[2]["detail"].startswith("Jaccard 0.7")
    assert sorted(dropped) == [1, 2, 3]


def test_a_third_day_is_judged_against_both(days):
    folder, tuesday = days
    curated(tuesday, folder / "two", folder / "one")
    wednesday = written(folder, "wednesday", [text(3), text(105), text(200)])
    result = curated(wednesday, folder / "three", folder / "two")
    where = {row["row"]: row["duplicate_file"] for row in result.dropped.to_pylist()}
    assert where == {1: "monday.jsonl", 2: "tuesday.jsonl"}
    assert any("80 rows that two and 1 before it kept" in note for note in result.document["notes"])


def test_an_index_of_other_settings_is_not_used(days):
    folder, tuesday = days
    curated(tuesday, folder / "two", folder / "one")
    listing = folder / "one" / "index" / "index.json"
    known = json.loads(listing.read_text())
    listing.write_text(json.dumps(known | {"sketches": "0: 4-grams, 20 x 5"}))
    result = curated(tuesday, folder / "again", folder / "one")
    assert outcome(folder / "again") == outcome(folder / "two")
    assert any("no sketches of 60 of them that fit today's settings" in note for note in result.document["notes"])


def test_a_reference_that_changed_or_is_missing_is_told(days, capsys):
    folder, tuesday = days
    curated(tuesday, folder / "two", folder / "one")
    part = next((folder / "one" / "kept").iterdir())
    whole = part.read_bytes()
    part.write_bytes(whole[:-9])
    with pytest.raises(DataError, match=r"is not what the index says: put it back"):
        curated(tuesday, folder / "x", folder / "one")
    part.unlink()
    with pytest.raises(DataError, match=r"is missing: put it back"):
        curated(tuesday, folder / "y", folder / "one")
    part.write_bytes(whole)
    (folder / "one" / "DONE").unlink()
    assert main(["curate", str(tuesday), "--reference", str(folder / "one"), "--out", str(folder / "z")]) == 2
    assert "has not finished" in capsys.readouterr().err
    (folder / "one" / "DONE").touch()
    shutil.move(folder / "one", folder / "elsewhere")
    with pytest.raises(DataError, match=r"was judged against .*one, which is not there any more"):
        curated(tuesday, folder / "w", folder / "two")
    (folder / "two" / "index" / "index.json").write_text("{")
    with pytest.raises(DataError, match=r"index.json cannot be read: give --reference"):
        curated(tuesday, folder / "v", folder / "two")


def test_pages_of_the_reference_may_change_between_a_run_and_its_resumption(days):
    folder, tuesday = days
    spec = CurateSpec(paths=str(tuesday), reference=str(folder / "one"))
    first = set(spec.files)
    assert str(folder / "one" / "index" / "index.json") in first
    assert str(folder / "one") not in first

import json
import random
from collections import Counter

import pyarrow.parquet as pq
import pytest

import autophagy
from autophagy.cli.main import main
from provider import served
from writer import SYLLABLES, Writer

SEEDS = [
    {"instruction": "Name three rivers of Europe.", "output": "Rhine, Rhone, Po."},
    {"instruction": "Add the two numbers.", "input": "2, 3", "output": "5"},
]


@pytest.fixture
def generate(tmp_path, capsys):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    asked = []

    def run(*words, out="run", writer=None):
        writer = writer or Writer()

        def script(handler, request, count):
            reply = writer.reply(request["messages"][-1]["content"], request.get("seed"))
            asked.append(request)
            handler.say(reply.text, usage=(100, 50))

        with served(script) as server:
            address = f"http://127.0.0.1:{server.server_port}/v1"
            seeds = ["--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake", "--base-url", address]
            code = main(["generate", *seeds, "--out", str(tmp_path / out), *words])
        return code, *capsys.readouterr(), asked

    return run


def test_rows_are_made_and_written_with_where_they_come_from(generate, tmp_path):
    code, out, _, _ = generate("--rows", "20")
    assert code == 0
    assert "20 of the 20 rows wanted are made" in out
    rows = pq.read_table(tmp_path / "run" / "rows.parquet").to_pylist()
    assert len(rows) == 20
    assert {row["source"] for row in rows} == {"fake"}
    assert {row["generation"] for row in rows} == {1}
    assert len({row["instruction"] for row in rows}) == 20
    dropped = pq.read_table(tmp_path / "run" / "dropped.parquet").to_pylist()
    assert all(row["reason"] for row in dropped)


def test_json_has_the_counts_and_they_add_up(generate):
    code, out, _, asked = generate("--rows", "20", "--json", writer=Writer(faulty=False))
    found = json.loads(out)
    assert code == 0
    assert {
        "rows",
        "kept",
        "dropped",
        "calls",
        "tokens",
        "money",
        "seconds",
        "yield",
        "variety",
        "verdict",
    } <= found.keys()
    assert sum(found["calls"].values()) == len(asked)
    assert found["kept"] + sum(found["dropped"].values()) == 10 * len(asked)
    assert found["tokens"] == [100 * len(asked), 50 * len(asked)]


def test_a_server_is_told_how_a_recipe_wants_its_replies_decoded(generate):
    *_, asked = generate("--rows", "1", "--recipe", "self_instruct:classification=no", "--preview", "1")
    assert [(each.get("top_p"), each.get("presence_penalty")) for each in asked[:2]] == [(0.5, 2.0), (None, 1.5)]
    assert asked[0]["stop"] == ["\n11."]
    before = len(asked)
    generate("--rows", "1", out="plain")
    assert not any({"top_p", "presence_penalty"} & each.keys() for each in asked[before:])


def test_rows_beyond_those_that_are_wanted_are_new_ones_too(generate):
    shares, per_call = set(), set()
    for rows in ("1", "20"):
        found = json.loads(generate("--rows", rows, "--json", out=rows)[1])
        shares.add(found["yield"]["new"]["value"])
        per_call.add(found["yield"]["per_call"]["value"])
    assert len(shares) == len(per_call) == 1  # both are of the same 20 calls


def test_a_finished_run_is_not_asked_again_and_another_spec_is_refused(generate):
    *_, asked = generate("--rows", "20")
    before = len(asked)
    assert generate("--rows", "20", "--resume")[0] in (0, 2)  # another address is another spec
    assert len(asked) == before


def test_the_rows_open_again_and_go_into_a_loop(generate, tmp_path, capsys):
    generate("--rows", "30")
    found = autophagy.open(tmp_path / "run")
    assert found.kept.num_rows == 30
    assert found.headline_score.metric == "per_call"
    words = [
        "loop",
        str(tmp_path / "run" / "rows.parquet"),
        "--model",
        "ngram",
        "--generations",
        "1",
        "--samples",
        "20",
    ]
    assert main([*words, "--out", str(tmp_path / "loop")]) == 0


@pytest.mark.parametrize(("format", "keys"), [("alpaca", {"instruction", "input", "output"}), ("chat", {"messages"})])
def test_formats_of_trainers(generate, tmp_path, format, keys):
    generate("--rows", "10", "--format", format)
    lines = [json.loads(line) for line in (tmp_path / "run" / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 10
    assert all(line.keys() == keys for line in lines)


@pytest.mark.parametrize("calls", [5, 20, 25])
def test_a_preview_ends_after_so_many_calls(generate, calls):
    code, out, _, asked = generate("--rows", "1000", "--preview", str(calls))
    assert code == 0
    assert len(asked) == calls
    assert "as asked" in out


def test_what_a_preview_brought_is_not_the_end_of_the_run(generate, tmp_path):
    generate("--rows", "1000", "--preview", "20")
    assert not autophagy.open(tmp_path / "run").done
    generate("--rows", "20", out="other")
    assert autophagy.open(tmp_path / "other").done


class Refuser(Writer):
    """Says no."""

    def reply(self, prompt, seed):
        return type(super().reply(prompt, seed))("I'm sorry, but I cannot help with that.", stop="stop")


@pytest.mark.parametrize(
    ("words", "writer", "after"),
    [
        (("--rows", "500", "--preview", "2"), Writer(faulty=False), "generate --resume --out"),
        (("--rows", "20"), Writer(faulty=False), "loop"),
        (("--rows", "20"), Refuser(), "report"),
        (("--rows", "20"), Writer(), "report"),  # of which three in five are faults and copies
    ],
)
def test_the_line_to_type_next_is_one_that_works(generate, words, writer, after, capsys):
    code, out, *_ = generate(*words, writer=writer)
    line = next(line for line in out.splitlines() if line.startswith("Next: "))
    assert code == 0
    assert line.startswith(f"Next: autophagy {after} ")
    if after == "loop":
        assert main([*line.removeprefix("Next: autophagy ").split(), "--generations", "1", "--samples", "9"]) == 0


def test_the_page_of_a_run_without_rows_says_why_and_not_how_varied_they_are(generate, tmp_path):
    assert generate("--rows", "20", writer=Refuser())[0] == 0
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "declined" in page
    assert "Is it varied?" not in page
    assert "Some of the rows" not in page


PREVIEWS = ("0", "-1", "1.5", "x", "True", "1,5x")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--recipe", "alpacca"), "did you mean 'alpaca'"),
        (("--recipe", "rephrase"), "give --documents"),
        (("--budget", "much"), "5usd, 2Mtok or 30min"),
        (("--curator", "duplcates"), "did you mean"),
        (("--rows", "0"), "rows"),
        *((("--preview", text), f"--preview is '{text}': give a whole number, 1 or more.") for text in PREVIEWS),
        (("--quota", "topic=5"), "no column 'topic' to set a quota for: there are recipe, call, "),
        (("--quota", "recipe"), "write COLUMN=N"),
        (("--quota", "recipe=5/1000words"), "only document and root"),
        (("--quota", "recipe=5", "--quota", "recipe=6"), "the column recipe has two quotas"),
        (("--against", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--estimate", "--preview", "3"), "give one of them"),
        (("--format", "pairs"), "give --answers 2 or more"),
        (("--verifier", "numerc"), "no verifier 'numerc' (did you mean 'numeric'?): choose from"),
        (("--judge-url", "http://127.0.0.1:9/v1"), "there is no judge"),
        (("--judge", "referee"), "nothing to choose between"),
        (("--labels", "marked.jsonl"), "give --verifier"),
        (("--curator", "numeric"), "give it as --verifier"),
    ],
)
def test_wrong_words_are_one_sentence_and_nothing_is_asked(generate, words, sentence):
    code, out, err, asked = generate(*words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert not asked


def test_an_estimate_ends_after_a_pilot_and_says_what_all_rows_will_cost(generate):
    code, out, _, asked = generate("--rows", "400", "--estimate", "--json")
    found = json.loads(out)
    assert (code, len(asked)) == (0, 20)
    assert found["run"]
    estimate = found["estimate"]
    assert estimate["calls"]["low"] <= estimate["calls"]["value"] <= estimate["calls"]["high"]
    assert estimate["tokens_in"]["value"] == 100 * estimate["calls"]["value"]
    assert estimate["money"]["n"] == 0
    assert found["verdict"][1].startswith("400 rows will take ")
    assert "money" not in found["verdict"][1]


def test_magpie_needs_no_seeds_and_knows_the_template_of_its_writer(tmp_path, capsys):
    def script(handler, request, count):
        if "prompt" in request:  # the text of the first stage goes on without a chat
            assert request["prompt"].endswith("<|im_start|>user\n")
            assert "SmolLM" in request["prompt"]
            word = "".join("abcdefghij"[int(digit)] for digit in str(request["seed"]))
            handler.send({"choices": [{"text": f"Tell of {word} and {word[::-1]}.", "finish_reason": "stop"}]})
        else:
            handler.say(f"It is {request['seed']}.")

    out = str(tmp_path / "run")
    with served(script, completes=True) as server:
        words = ["--model", "SmolLM2-1.7B", "--base-url", f"http://127.0.0.1:{server.server_port}/v1", "--rows", "4"]
        assert main(["generate", "--recipe", "magpie", *words, "--out", out, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kept"] == 4
    variety = found["variety"]["verb_entropy"]
    assert (variety["made"]["n"], variety["seeds"]["n"]) == (4, 0)
    assert main(["report", out]) == 0


@pytest.mark.parametrize("recipe", ["alpaca", "questions", "mix", "magpie"])
def test_what_a_recipe_lacks_is_told_before_there_is_a_folder(recipe, tmp_path, capsys):
    out = tmp_path / "run"
    words = ["--model", "fake", "--base-url", "http://127.0.0.1:9/v1", "--recipe", recipe, "--out", str(out)]
    assert main(["generate", *words]) == 2
    assert "give" in capsys.readouterr().err
    assert not out.exists()


def test_quotas_limit_the_rows_of_each_value_and_end_the_run(generate, tmp_path):
    code, out, _, asked = generate(
        "--rows", "500", "--recipe", "mix:of=alpaca+alpaca:shots=1", "--quota", "recipe=15", writer=Writer(faulty=False)
    )
    assert code == 0
    assert "because the quotas are full" in out
    assert "The quota on recipe is full for 2 of 2 values" in out
    rows = pq.read_table(tmp_path / "run" / "rows.parquet").to_pylist()
    assert Counter(row["recipe"] for row in rows) == {"alpaca": 15, "alpaca:shots=1": 15}
    assert autophagy.open(tmp_path / "run").done
    found = autophagy.open(tmp_path / "run").document
    assert found["quotas"]["recipe"]["values"] == {"alpaca": [15, 15], "alpaca:shots=1": [15, 15]}
    assert found["dropped"]["quota of recipe"] == found["quotas"]["recipe"]["dropped"] > 0
    assert found["kept"] + sum(found["dropped"].values()) == 10 * len(asked)


def test_each_recipe_of_a_mix_says_what_it_took_and_brought(generate, tmp_path):
    mix = "mix:of=alpaca+alpaca:shots=1"
    code, out, _, asked = generate("--rows", "120", "--recipe", mix, writer=Writer(faulty=False))
    assert code == 0
    found = autophagy.open(tmp_path / "run").document
    assert found["recipes"].keys() == found["shares"]["by_recipe"].keys() == {"alpaca", "alpaca:shots=1"}
    assert sum(each["calls"] for each in found["recipes"].values()) == len(asked)
    assert sum(each["kept"] for each in found["recipes"].values()) == found["kept"] == 120
    assert [sum(each["tokens"][side] for each in found["recipes"].values()) for side in (0, 1)] == found["tokens"]
    assert sum(each["offered"] for each in found["recipes"].values()) == 10 * len(asked)
    for name, each in found["recipes"].items():
        assert each["per_1000_tokens"]["value"] == pytest.approx(each["new"] / (each["calls"] * 0.15))
        assert found["survival"]["recipe"][name]["n"] == each["begun"]
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    for text in ("new per 1,000 tokens", "share of calls", "gave a row", "recipe: alpaca:shots=1"):
        assert text in " ".join(out.split())
        assert text.capitalize() in page or text in page


def test_how_the_calls_were_shared_is_drawn_where_they_came_to_several_looks_at_the_pool(generate, tmp_path):
    words = ("--rows", "250", "--recipe", "mix:of=alpaca+alpaca:shots=1")
    generate(*words, writer=Writer(faulty=False))
    assert len(autophagy.open(tmp_path / "run").document["shares"]["calls"]) == 2
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    legend, _, drawn = page.partition("Share of the calls by recipe")
    assert drawn
    shown = " ".join(legend.split()).replace("</span>", "").replace("<wbr>", "")
    assert all(f"{name}</li>" in shown for name in ("alpaca", "alpaca:shots=1"))
    assert "shares" in autophagy.open(tmp_path / "run").charts()


@pytest.mark.parametrize(("priced", "money"), [("fake", 0.0002), ("another", None)])
def test_what_nobody_has_a_price_for_costs_an_unknown_sum(priced, money, generate, tmp_path):
    prices = tmp_path / "prices.toml"
    prices.write_text(f'date = 2026-11-29\ncurrency = "USD"\n[models."{priced}"]\ninput = 1.0\noutput = 2.0\n', "utf-8")
    found = json.loads(generate("--rows", "1", "--prices", str(prices), "--json")[1])
    assert found["money"] == pytest.approx(money)


class Reteller(Writer):
    """Tells a passage in as many new words."""

    def reply(self, prompt, seed):
        rng = random.Random(seed)
        words = " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(60))
        return type(super().reply(prompt, seed))(f"{words}.", 100.0, 50.0, 0.5, stop="stop")


def test_a_long_document_brings_more_rows_than_a_short_one(generate, tmp_path):
    folder = tmp_path / "handbook"
    folder.mkdir()
    for name, words in (("long.txt", 900), ("short.txt", 150)):
        rng = random.Random(name)
        sentences = (" ".join("".join(rng.choices(SYLLABLES, k=2)) for _ in range(10)) for _ in range(words // 10))
        (folder / name).write_text(". ".join(sentences) + ".", encoding="utf-8")
    given = ("--documents", str(folder), "--recipe", "rephrase", "--rows", "100")
    code, out, _, asked = generate(*given, "--quota", "source=10/1000words", writer=Reteller())
    assert code == 0
    rows = pq.read_table(tmp_path / "run" / "rows.parquet").to_pylist()
    assert Counter(row["parent"].partition("#")[0] for row in rows) == {"long.txt": 9, "short.txt": 2}
    assert "The quota on document is full for 2 of 2 values" in out
    later = [each["messages"][-1]["content"].split()[-3] for each in asked[20:]]  # a word of the passage
    texts = [(folder / name).read_text(encoding="utf-8").split() for name in ("long.txt", "short.txt")]
    assert any(all(word in text for word in later) for text in texts)  # nobody is asked of a document that is full


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("--rows", "21", "--resume"), "holds a run of another spec"),
        (("--rows", "20"), "holds a finished run of this spec: add --resume"),
    ],
)
def test_a_folder_that_is_taken_is_refused(generate, tmp_path, capsys, change, sentence):
    generate("--rows", "20")
    spec = ("--spec", str(tmp_path / "run" / "spec.toml"))
    before = (tmp_path / "run" / "rows.parquet").read_bytes()
    code = main(["generate", *spec, *change, "--out", str(tmp_path / "run")])
    assert (code, (tmp_path / "run" / "rows.parquet").read_bytes()) == (2, before)
    assert sentence in capsys.readouterr().err


def test_a_place_that_cannot_be_a_folder_is_one_sentence(generate, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    code, _, err, asked = generate("--rows", "20", out="file")
    assert (code, asked, (tmp_path / "file").read_text(encoding="utf-8")) == (2, [], "mine")
    assert "is a file: give --out a folder" in err


def test_a_preview_is_gone_on_with_from_call_to_call_and_ends_as_the_run_would(tmp_path, capsys):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    writer = Writer(faulty=False)

    def script(handler, request, count):
        handler.say(writer.reply("", request["seed"]).text)

    counts = []
    with served(script) as server:
        words = ["--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake", "--rows", "50"]
        words += ["--base-url", f"http://127.0.0.1:{server.server_port}/v1"]
        for more in (["--preview", "2"], ["--preview", "4"], ["--preview", "3"], []):
            out = ["--out", str(tmp_path / "run"), *more, *(["--resume"] if counts else [])]
            assert main(["generate", *words, *out]) == 0
            counts.append(len(server.requests))
        assert main(["generate", *words, "--out", str(tmp_path / "whole")]) == 0
    assert counts == [2, 4, 4, 5]
    assert (tmp_path / "run" / "rows.parquet").read_bytes() == (tmp_path / "whole" / "rows.parquet").read_bytes()


def test_a_run_that_begins_with_nothing_is_told_what_to_give(tmp_path, capsys):
    assert main(["generate", "--model", "fake", "--out", str(tmp_path / "run")]) == 2
    assert "there is nothing to begin with: give --seeds or --documents" in capsys.readouterr().err

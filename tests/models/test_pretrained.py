"""The pretrained model, on tiny models that the tests make: what it learns, hands on, writes, and refuses."""

import json
import shutil
import warnings
from contextlib import contextmanager

import numpy as np
import pytest

from autophagy import LoopSpec, run
from autophagy.core.errors import AutophagyError, DataError, FitError, RecordError, UsageError
from autophagy.core.parts import Part
from autophagy.core.samples import Samples
from autophagy.testing.contract import checks

torch = pytest.importorskip("torch", reason="the model pretrained needs torch")
transformers = pytest.importorskip("transformers", reason="the model pretrained needs transformers")
peft = pytest.importorskip("peft", reason="the model pretrained needs peft")

from safetensors.torch import load_file, save_file  # noqa: E402

from autophagy.models.pretrained.base import find_base  # noqa: E402
from autophagy.models.pretrained.draw import Sampling, draw, score  # noqa: E402
from autophagy.models.pretrained.model import Pretrained  # noqa: E402
from autophagy.models.pretrained.reading import quiet  # noqa: E402
from autophagy.testing.tiny_model import make_network, make_tokenizer, save  # noqa: E402

WORDS = ["the", "cat", "sat", "on", "a", "mat", "while", "another", "dog", "ran", "over", "its", "hill"]
WORDS += ["and", "under", "that", "old", "tree"]
VOCABULARY = 300


def stream(seed):
    return np.random.default_rng(seed)


def texts(rows):
    return np.array(rows, dtype=np.dtypes.StringDType())


def sentences(n, seed=0):
    """Passages of 4 to 12 words of a law that is quickly learned: a word is followed by one of the next three."""
    rng, rows = stream(seed), []
    for length in rng.integers(4, 13, n):
        steps = rng.integers(1, 4, length).cumsum()
        rows.append(" ".join(WORDS[step % len(WORDS)] for step in steps) + ".\n")
    return rows


@pytest.fixture(scope="session")
def tokenizer():
    """A byte-level tokenizer of 300 tokens; the end token is its only special one."""
    return make_tokenizer(sentences(100), VOCABULARY)


def make(kind, folder, tokenizer, vocabulary=VOCABULARY):
    """Save a model of random weights with its tokenizer."""
    return str(save(folder, make_network(vocabulary, kind, positions=128, spread=0.1, seed=1), tokenizer))


@pytest.fixture(scope="session")
def bases(tmp_path_factory, tokenizer):
    """A Llama, and a GPT-2 with tied embeddings, on disk."""
    return {kind: make(kind, tmp_path_factory.mktemp(kind), tokenizer) for kind in ("llama", "gpt2")}


@pytest.fixture(scope="session")
def base(bases):
    return bases["llama"]


@pytest.fixture(scope="session")
def train():
    """Two runs of 60 passages."""
    return Samples.of(sentences(120))


HELD = texts(sentences(40, seed=9))


def settings(base, method="full", **more):
    """Settings that learn quickly; adapters learn at a higher rate."""
    rate = 1e-2 if method == "full" else 3e-2
    return Pretrained(
        **{
            "base": base,
            "method": method,
            "context": 64,
            "learning_rate": rate,
            "epochs": 1,
            "batch": 4,
            "prompt": 0,
            **more,
        }
    )


@pytest.fixture(scope="session")
def fitted(bases, train):
    """(kind, method) -> two runs of that base, fitted."""
    return {
        (kind, method): settings(base, method, epochs=5).fit(train, stream(1), runs=2)
        for kind, base in bases.items()
        for method in ("full", "lora")
    }


every = pytest.mark.parametrize("which", [(k, m) for k in ("llama", "gpt2") for m in ("full", "lora")], ids="-".join)
both = pytest.mark.parametrize("method", ["full", "lora"])


@contextmanager
def library():
    """The other libraries' own calls, without their bars."""
    with quiet(), torch.inference_mode():
        yield


def plain(folder):
    with quiet():
        return transformers.AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)


def per_token(fitted, run=0):
    return -fitted.log_prob(HELD, run).sum() / fitted.tokens(HELD).sum()


def refused(act, kind, match):
    with pytest.raises(kind, match=match) as caught:
        act()
    assert isinstance(caught.value, AutophagyError)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


# --- what it learns


@every
def test_it_learns_each_run_and_makes_passages(fitted, bases, train, which):
    kind, method = which
    still = settings(bases[kind], method, learning_rate=0.0).fit(train, stream(1), runs=2)
    before, after = per_token(still), [per_token(fitted[which], run) for run in (0, 1)]
    assert before == pytest.approx(np.log(VOCABULARY), abs=0.5)  # random weights: nearly uniform
    assert max(after) < before - (1.5 if method == "full" else 0.3)
    assert after[0] != after[1]
    made = fitted[which].sample(20, stream(2))
    assert made.shape == (40,)
    assert made.dtype == np.dtypes.StringDType()


def test_made_passages_are_of_the_words_that_it_learned(fitted):
    made = " ".join(fitted["llama", "full"].sample(40, stream(2), bias=0.5)).replace(".", " ").split()
    assert np.mean([word in WORDS for word in made]) > 0.5  # of random weights: below 0.01


@both
def test_equal_streams_give_equal_texts_and_the_global_ones_are_left_alone(base, train, method):
    states = torch.random.get_rng_state(), str(np.random.get_state(legacy=False))  # noqa: NPY002
    model = settings(base, method)
    first, second, third = (model.fit(train, stream(seed), runs=2).sample(6, stream(4)) for seed in (3, 3, 5))
    assert (first == second).all()
    assert (first != third).any()
    assert torch.equal(states[0], torch.random.get_rng_state())
    assert states[1] == str(np.random.get_state(legacy=False))  # noqa: NPY002


@both
def test_a_run_does_not_depend_on_the_runs_beside_it(base, fitted, train, method):
    alone = settings(base, method, epochs=5).fit(train.split(2)[0], stream(1))
    together = fitted["llama", method]
    assert (alone.sample(9, stream(4)) == together.sample(9, stream(4))[:9]).all()


@both
def test_going_on_from_a_start_lowers_the_loss(base, train, method):
    short = settings(base, method, learning_rate=3e-3)
    first = short.fit(train, stream(1), runs=2)
    second = short.fit(train, stream(2), start=first, runs=2)
    assert per_token(second) < per_token(first)
    still = settings(base, method, learning_rate=0.0).fit(train, stream(3), start=first, runs=2)
    np.testing.assert_array_equal(still.log_prob(HELD), first.log_prob(HELD))


def test_the_base_is_loaded_once_and_never_changed(base, fitted):
    model = find_base(base, "full").model
    assert find_base(base, "lora").model is model or torch.cuda.is_available()
    held = load_file(f"{base}/model.safetensors")
    shared = {id(weight) for weight in find_base(base, "lora").model.parameters()}
    adapted = {id(weight) for weight in fitted["llama", "lora"].network().parameters()}
    assert shared <= adapted
    for name, weight in model.named_parameters():
        assert torch.equal(weight.cpu(), held[name])


def test_an_adapter_begins_as_its_base(base, train):
    still = settings(base, "lora", learning_rate=0.0).fit(train, stream(1))
    ids = torch.arange(50)[None]
    with library():
        torch.testing.assert_close(still.network()(ids).logits, plain(base)(ids).logits, rtol=0, atol=0)


def test_a_batch_in_parts_learns_as_a_whole_one(base, train, monkeypatch):
    whole = settings(base).fit(train, stream(1))
    monkeypatch.setattr("autophagy.models.pretrained.tune.MOST_LOGITS", 1)
    parts = settings(base).fit(train, stream(1))
    np.testing.assert_allclose(parts.log_prob(HELD), whole.log_prob(HELD), rtol=1e-3)


# --- what it says of texts


@every
def test_log_prob_is_that_of_the_models_own_logits(fitted, bases, which):
    model, base = fitted[which], find_base(bases[which[0]], which[1])
    assert (model.tokens(HELD[:8]) == [len(row) + 1 for row in base.encode(HELD[:8])]).all()
    for text, found in zip(HELD[:8], model.log_prob(HELD[:8], 1), strict=True):
        ids = torch.tensor([[0, *base.tokenizer(str(text))["input_ids"], 0]])
        with library():
            logits = model.network(1)(ids[:, :-1]).logits.log_softmax(2)
        assert found == pytest.approx(float(logits.gather(2, ids[:, 1:, None]).sum()), abs=1e-3)


def test_an_empty_passage_is_its_end_alone(fitted):
    model = fitted["llama", "full"]
    assert model.tokens(texts([""])).tolist() == [1]
    with library():
        logits = model.network()(torch.tensor([[0]])).logits[0, 0].log_softmax(0)
    assert model.log_prob(texts([""]))[0] == pytest.approx(float(logits[0]), abs=1e-5)
    assert model.log_prob(texts([])).shape == (0,)


def test_a_passage_longer_than_the_context_is_read_in_windows(fitted, base):
    row = find_base(base, "full").encode(["x" * 30])[0] * 3
    tokens, context = [0, *row, 0], 16
    module = fitted["llama", "full"].network()
    expected = 0.0
    for position in range(1, len(tokens)):
        first = 0 if position <= context else (1 + (position - context - 1) // 8) * 8
        with library():
            logits = module(torch.tensor([tokens[first:position]])).logits[0, -1].log_softmax(0)
        expected += float(logits[tokens[position]])
    assert score(find_base(base, "full"), module, [row], context)[0] == pytest.approx(expected, abs=1e-3)


def test_first_tokens_come_as_often_as_log_prob_says(base, train):
    model = settings(base, context=2, batch=512).fit(train, stream(1))  # a few steps: no token is rare
    n = 20_000
    made, count = np.unique(model.sample(n, stream(2)), return_counts=True)
    base_model = find_base(base, "full")
    kinds = texts(base_model.decode([[token] for token in range(1, VOCABULARY)]))
    whole = kinds != "\ufffd"  # bytes that are no text alone all come out as this
    with library():
        chance = model.network()(torch.tensor([[0]])).logits[0, 0].softmax(0).double().numpy()
    expected = n * chance[1:][whole]
    found = np.array([count[made == kind].sum() for kind in kinds[whole]])
    common = expected > 30
    z = (found - expected)[common] / np.sqrt(expected * (1 - expected / n))[common]
    assert common.sum() > 50
    assert np.abs(z).max() < 5  # at most 300 two-sided tests: false alarm below 1e-3


# --- how it samples


@pytest.mark.parametrize("kind", ["llama", "gpt2"])
def test_the_likeliest_continuation_is_that_of_the_library(bases, fitted, kind):
    """Prompts of unlike lengths in one batch, against one at a time without padding or our loop."""
    model, base = fitted[kind, "full"], find_base(bases[kind], "full")
    prompts = [[0, *row[: 2 + i]] for i, row in enumerate(base.encode(HELD[:5]))]
    module = model.network()
    made = draw(base, module, prompts, 12, False, Sampling(temperature=0), 1)
    for prompt, row in zip(prompts, made, strict=True):
        with library():
            ids = torch.tensor([prompt])
            more = {"do_sample": False, "max_new_tokens": 12, "min_new_tokens": 12, "pad_token_id": 0}
            theirs = module.generate(ids, attention_mask=torch.ones_like(ids), **more)
        assert row == theirs[0, len(prompt) :].tolist()


def test_cut_offs_and_penalty_are_those_of_the_library():
    from transformers.generation import logits_process as theirs

    generator = torch.Generator().manual_seed(3)
    logits = 3 * torch.randn(6, 40, generator=generator)
    seen = torch.randint(40, (6, 9), generator=generator)
    expected = theirs.RepetitionPenaltyLogitsProcessor(1.4)(seen, logits.clone())
    expected = theirs.TemperatureLogitsWarper(0.7)(seen, expected)
    expected = theirs.TopKLogitsWarper(12)(seen, expected)
    expected = theirs.TopPLogitsWarper(0.8)(seen, expected).softmax(1)
    found = Sampling(0.7, 0.8, 12, 1.4).probabilities(logits, seen)
    torch.testing.assert_close(found, expected)
    assert (found == 0).any()


def test_a_lower_temperature_makes_likelier_passages(fitted):
    model = fitted["llama", "full"]
    hot, warm, cold = (model.sample(60, stream(2), bias=bias) for bias in (1.0, 0.5, 0.0))
    rate = [model.log_prob(made[:60]).sum() / model.tokens(made[:60]).sum() for made in (hot, warm, cold)]
    assert rate[0] < rate[1] < rate[2]
    assert len(set(cold[:60])) == 1


class Hash(Sampling):
    """A choice that looks random, ends often, and depends on nothing but the row itself."""

    def probabilities(self, logits, seen):
        turns = torch.cos(0.7 * (seen.sum(1, keepdim=True) + 1) * torch.arange(1, logits.shape[1] + 1)) + 0.1 * logits
        turns[:, 0] += 0.3
        return torch.nn.functional.one_hot(turns.argmax(1), logits.shape[1]).float()


@every
def test_passages_do_not_change_when_others_end_and_leave_the_batch(fitted, bases, which, monkeypatch):
    base, module = find_base(bases[which[0]], which[1]), fitted[which].network()
    prompts = [[0, *row[: 2 + i % 3]] for i, row in enumerate(base.encode(HELD[:12]))]
    together = draw(base, module, prompts, 40, True, Hash(), 1)
    monkeypatch.setattr("autophagy.models.pretrained.draw.MOST_ROWS", 1)
    assert together == draw(base, module, prompts, 40, True, Hash(), 1)
    assert len({len(row) for row in together}) > 3
    assert max(map(len, together)) <= 40


@both
def test_beams_find_likelier_passages_and_leave_the_global_stream_alone(base, train, fitted, method):
    before = torch.random.get_rng_state()
    searching = settings(base, method, beams=3, prompt=6, new=6).fit(train, stream(1), runs=2)
    single = settings(base, method, prompt=6, new=6).fit(train, stream(1), runs=2)
    beams, one, again = (model.sample(8, stream(2), bias=0.0) for model in (searching, single, searching))
    assert (beams == again).all()
    assert (beams != one).any()
    drawn, other = (searching.sample(8, stream(seed)) for seed in (2, 3))
    assert (drawn == searching.sample(8, stream(2))).all()
    assert (drawn != other).any()
    assert torch.equal(before, torch.random.get_rng_state())


@both
def test_how_the_base_was_meant_to_be_sampled_changes_nothing(base, train, tmp_path, method):
    """A chat model ships with a temperature and cut-offs of its own, which would make every loop a biased one."""
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    shipped = {"do_sample": True, "temperature": 0.1, "top_k": 1, "repetition_penalty": 5.0, "eos_token_id": [0, 7]}
    (tmp_path / "generation_config.json").write_text(json.dumps(shipped))
    for beams in (1, 3):
        with_it, without = (
            settings(str(name), method, beams=beams, prompt=6, new=6).fit(train, stream(1)) for name in (tmp_path, base)
        )
        assert (with_it.sample(8, stream(2)) == without.sample(8, stream(2))).all()


def test_prompts_are_gone_on_from_by_as_many_tokens(base, train):
    model = settings(base, prompt=8, new=8).fit(train, stream(1), runs=2)
    base_model = find_base(base, "full")
    rows = base_model.encode(train.x)
    assert [list(run) for run in model.prompts] == [[row[:8] for row in rows[:60]], [row[:8] for row in rows[60:]]]
    made = draw(base_model, model.network(), [[0, *row] for row in model.prompts[0]], 8, False, Sampling(), 1)
    assert {len(row) for row in made} == {8}
    assert model.sample(70, stream(2)).shape == (140,)  # more than there are prompts
    assert model.sample(0, stream(2)).shape == (0,)
    made = model.sample(60, stream(2), bias=0.0)[:60]
    expected = draw(base_model, model.network(), [[0, *row] for row in model.prompts[0]], 8, False, Sampling(0.0), 1)
    assert sorted(made) == sorted(base_model.decode(expected))  # each prompt once


def test_every_generation_continues_the_real_passages(base, train):
    """What is prepared of the real passages is continued, whatever the model learns from afterwards."""
    real, other = train.take(np.arange(60)), train.take(np.arange(60, 120))
    model = settings(base, prompt=8).prepare(real, stream(1)).fit(other, stream(1))
    base_model = find_base(base, "full")
    rows = base_model.encode(real.x)
    assert model.prompts == ([row[: min(8, len(row) // 2)] for row in rows],)
    made = model.sample(60, stream(2), bias=0.0)
    given = [[0, *row] for row in model.prompts[0]]
    expected = draw(base_model, model.network(), given, 64 - 1 - 8, True, Sampling(0.0), 1)
    assert sorted(made) == sorted(base_model.decode(expected))
    assert settings(base, prompt=8).prepare(real, stream(1)) == settings(base, prompt=8)  # it is no setting


# --- what it writes


@every
def test_a_round_trip_through_a_folder_changes_nothing(fitted, which, tmp_path):
    fitted[which].save(tmp_path)
    again = Pretrained().load(tmp_path)
    assert (again.runs, again.settings) == (2, fitted[which].settings)
    assert (again.sample(5, stream(4)) == fitted[which].sample(5, stream(4))).all()
    np.testing.assert_array_equal(again.log_prob(HELD, 1), fitted[which].log_prob(HELD, 1))


def test_prompts_come_back_from_the_folder(base, train, tmp_path):
    model = settings(base, "lora", prompt=5).fit(train, stream(1))
    model.save(tmp_path)
    assert (Pretrained().load(tmp_path).sample(5, stream(4)) == model.sample(5, stream(4))).all()


@pytest.mark.parametrize("kind", ["llama", "gpt2"])
def test_a_full_fine_tuning_loads_in_plain_transformers(bases, train, kind, tmp_path):
    model = settings(bases[kind]).fit(train, stream(1))
    model.save(tmp_path)
    ids = torch.arange(40)[None]
    with library():
        torch.testing.assert_close(plain(tmp_path)(ids).logits, model.network()(ids).logits, rtol=0, atol=0)
        tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path, local_files_only=True)
    assert tokenizer.decode(tokenizer(str(HELD[0]))["input_ids"]) == HELD[0]


@pytest.mark.parametrize("kind", ["llama", "gpt2"])
def test_an_adapter_loads_in_plain_peft_and_is_all_that_is_stored(bases, train, kind, tmp_path):
    model = settings(bases[kind], "lora").fit(train, stream(1))
    model.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "adapter_model.safetensors",
        "adapter_config.json",
        "pretrained.json",
    }
    assert json.loads((tmp_path / "adapter_config.json").read_text())["base_model_name_or_path"] == bases[kind]
    ids = torch.arange(40)[None]
    with library(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="fan_in_fan_out")
        theirs = peft.PeftModel.from_pretrained(plain(bases[kind]), tmp_path)
        torch.testing.assert_close(theirs(ids).logits, model.network()(ids).logits, rtol=0, atol=0)


@every
def test_a_merged_model_says_what_its_run_says(fitted, which, tmp_path):
    fitted[which].merge(tmp_path, run=1)
    ids = torch.arange(40)[None]
    with library():
        merged, ours, other = (m(ids).logits for m in (plain(tmp_path), *map(fitted[which].network, (1, 0))))
    torch.testing.assert_close(merged, ours, rtol=1e-4, atol=1e-4)
    assert not torch.allclose(merged, other, atol=1e-2)


def test_a_merged_model_is_a_base_itself(fitted, train, tmp_path):
    fitted["llama", "lora"].merge(tmp_path)
    further = settings(str(tmp_path), learning_rate=0.0).fit(train, stream(1))
    np.testing.assert_allclose(further.log_prob(HELD), fitted["llama", "lora"].log_prob(HELD), rtol=1e-4)


# --- what it reads


def test_a_larger_vocabulary_than_the_tokenizers_is_used_as_it_is(tokenizer, train, tmp_path):
    model = settings(make("llama", tmp_path, tokenizer, VOCABULARY + 20))
    made = model.fit(train, stream(1)).sample(20, stream(2))
    assert made.shape == (20,)


def test_texts_that_break_toolkits(base):
    hard = ["", " ", "\n\n", "x" * 3000, "<end> is a name here", "\x00\ufffd🦜", "naïve ﷽"] * 2
    model = settings(base).fit(Samples.of(hard), stream(1))
    assert model.sample(4, stream(2)).shape == (4,)
    assert np.isfinite(model.log_prob(texts(hard))).all()
    base_model = find_base(base, "full")
    rows = base_model.encode(hard)
    assert base_model.decode(rows) == hard
    assert not any(0 in row for row in rows)  # the end token's name in a text ends nothing


def test_a_start_token_of_its_own_begins_each_passage(base, tmp_path, train):
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "tokenizer_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"bos_token": "a"}))
    found = find_base(str(tmp_path), "full")
    assert found.start == found.tokenizer.convert_tokens_to_ids("a") != found.end
    assert settings(str(tmp_path)).fit(train, stream(1)).sample(3, stream(2)).shape == (3,)


def test_an_end_token_may_be_named_by_the_model_alone(base, tmp_path):
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "tokenizer_config.json"
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({name: value for name, value in facts.items() if name != "eos_token"}))
    assert find_base(str(tmp_path), "full").end == 0


# --- what it refuses


def without_end(folder):
    for name, key in (("tokenizer_config.json", "eos_token"), ("config.json", "eos_token_id")):
        facts = json.loads((folder / name).read_text())
        facts[key] = None
        (folder / name).write_text(json.dumps(facts))


def without_head(folder):
    weights = load_file(folder / "model.safetensors")
    del weights["lm_head.weight"]
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def fewer_rows(folder):
    facts = json.loads((folder / "config.json").read_text()) | {"vocab_size": 200}
    (folder / "config.json").write_text(json.dumps(facts))
    weights = load_file(folder / "model.safetensors")
    for name in ("lm_head.weight", "model.embed_tokens.weight"):
        weights[name] = weights[name][:200].contiguous()
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def pickled(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def truncated(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:1000])


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda folder: shutil.rmtree(folder), "is not a folder: give the path"),
        (lambda folder: (folder / "config.json").unlink(), "the base in .* cannot be read"),
        (lambda folder: (folder / "config.json").write_text("{"), "the base in .* cannot be read"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "vit"}'), "the base in .* cannot be read"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "the tokenizer in .* cannot be read"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "the tokenizer in .* cannot be read"),
        (lambda folder: (folder / "adapter_config.json").write_text("{}"), "is an adapter: merge it"),
        (pickled, "the base in .* cannot be read.*weights in safetensors"),
        (truncated, "the base in .* cannot be read"),
        (without_head, "lacks 1 weights of a causal language model, such as lm_head.weight"),
        (without_end, "has no end token: name one as eos_token"),
        (fewer_rows, "knows 300 tokens and its model 200"),
    ],
    ids=lambda value: None if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_a_base_that_cannot_be_used_is_one_sentence(base, train, tmp_path, damage, sentence):
    folder = tmp_path / "damaged"
    shutil.copytree(base, folder)
    damage(folder)
    refused(lambda: settings(str(folder)).fit(train, stream(1)), DataError, sentence)


def test_a_hub_id_without_a_network_is_one_sentence(train, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    refused(lambda: settings("nobody/nothing-here").fit(train, stream(1)), DataError, "could not be downloaded")
    refused(lambda: settings("a model: what").fit(train, stream(1)), DataError, "could not be downloaded")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"method": "dora"}, "method must be full, lora or qlora, not 'dora'"),
        ({"epochs": 0}, "epochs must be at least 1"),
        ({"batch": 0}, "batch must be at least 1"),
        ({"context": 1}, "context must be at least 2"),
        ({"rank": 0}, "rank must be at least 1"),
        ({"beams": 0}, "beams must be at least 1"),
        ({"top_k": -1}, "top_k must be at least 0"),
        ({"learning_rate": -1.0}, "learning_rate must be none"),
        ({"alpha": 0.0}, "alpha must be above 0"),
        ({"top_p": 0.0}, "top_p must be above 0"),
        ({"top_p": float("nan")}, "top_p must be above 0"),
        ({"repetition_penalty": 0.0}, "repetition_penalty must be above 0"),
        ({"prompt": 255, "context": 256}, "prompt must be at least 0 and below 255, which the context leaves"),
        ({"prompt": -1}, "prompt must be at least 0"),
        ({"prompt": 64, "new": 192, "context": 256}, "new must be 0, or at most 191, which the context and the prompt"),
        ({"new": -1}, "new must be 0, or"),
    ],
    ids=str,
)
def test_absurd_settings_are_one_sentence(given, sentence):
    refused(lambda: Pretrained(**given), UsageError, sentence)


def test_wrong_words_are_one_sentence(base, train, fitted):
    refused(lambda: Pretrained().fit(train, stream(1)), UsageError, "needs its setting base")
    refused(lambda: settings(base, context=256).fit(train, stream(1)), UsageError, "at most the 128 positions")
    refused(lambda: settings(f"{base}/config.json").fit(train, stream(1)), DataError, "is a file")
    refused(lambda: Part("pretrained", {"base": "a,b"}), UsageError, "a word without commas")
    refused(lambda: fitted["llama", "full"].sample(1, stream(1), bias=-1.0), UsageError, "bias")


@pytest.mark.parametrize(
    ("rows", "runs", "sentence"),
    [
        (np.zeros((20, 2)), 1, "learns texts, and these rows are float64"),
        (["a", "b", "c"], 2, "3 rows do not divide into 2 runs"),
        ([], 1, "0 rows do not divide"),
    ],
)
def test_rows_that_cannot_be_fitted_are_one_sentence(base, rows, runs, sentence):
    x = rows if isinstance(rows, np.ndarray) else texts(rows)
    refused(lambda: settings(base).fit(Samples.of(x), stream(1), runs=runs), FitError, sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"method": "full"}, "method=lora cannot go on with method=full"),
        ({"method": "lora", "rank": 3}, "rank=8 cannot go on with rank=3"),
        ({"method": "lora", "alpha": 1.0}, "alpha=16.0 cannot go on with alpha=1.0"),
    ],
)
def test_a_start_of_another_kind_is_one_sentence(base, train, fitted, change, sentence):
    start = fitted["llama", "lora"]
    refused(lambda: settings(base, **change).fit(train, stream(1), start=start, runs=2), FitError, sentence)
    refused(lambda: settings(base, "lora").fit(train, stream(1), start=start), FitError, "a model of 2 runs cannot")


@both
def test_divergence_is_one_sentence_that_names_the_step(base, train, method):
    model = settings(base, method, learning_rate=1e30)
    refused(lambda: model.fit(train, stream(1)), FitError, r"diverged at step \d+: lower its learning_rate")


def test_a_folder_without_a_fitted_model_is_one_sentence(fitted, tmp_path):
    refused(lambda: Pretrained().load(tmp_path), RecordError, "cannot be read as a fitted model")
    for method in ("full", "lora"):
        fitted["llama", method].save(tmp_path / method)
        for part in (tmp_path / method / "1").glob("*.safetensors"):
            part.write_bytes(b"nothing")
        refused(lambda method=method: Pretrained().load(tmp_path / method), RecordError, "cannot be read")


def test_qlora_without_a_gpu_is_one_sentence(base, train, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    refused(lambda: settings(base, "qlora").fit(train, stream(1)), UsageError, "qlora needs a CUDA device.*method=lora")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="the kernels of QLoRA need a CUDA device")
def test_qlora_learns_and_merges(base, train, tmp_path):
    pytest.importorskip("bitsandbytes", reason="QLoRA needs bitsandbytes")
    model = settings(base, "qlora").fit(train, stream(1), runs=2)
    assert per_token(model) < np.log(VOCABULARY) - 0.2
    model.save(tmp_path / "saved")
    assert (Pretrained().load(tmp_path / "saved").sample(5, stream(4)) == model.sample(5, stream(4))).all()
    model.merge(tmp_path / "merged")
    assert plain(tmp_path / "merged").num_parameters() == find_base(base, "full").model.num_parameters()


def test_it_keeps_the_contract_of_language_models(base):
    for check in checks("model", f"pretrained:base={base},context=64,learning_rate=0.01,epochs=4,batch=4"):
        check()


@pytest.mark.slow
def test_the_loop_goes_on_with_it_and_resumes_to_the_same_numbers(base, tmp_path):
    """Warm adapters over three generations; the last one is forgotten, and comes back the same."""
    (tmp_path / "text.txt").write_text("\n\n".join(sentences(300, seed=5)))
    spec = LoopSpec(
        str(tmp_path / "text.txt"),
        model=f"pretrained:base={base},method=lora,context=32,learning_rate=0.03",
        regimes=["replace"],
        generations=3,
        samples=60,
        seeds=2,
        warm=True,
        metrics=["cross_entropy"],
    )
    record = run(spec, tmp_path / "run", workers=1).record
    before = (tmp_path / "run" / "generations.jsonl").read_text()
    assert all(line["scores"]["perplexity"] > 1 for line in record.lines())
    lines = [line for line in before.splitlines() if json.loads(line)["generation"] < 3]
    (tmp_path / "run" / "generations.jsonl").write_text("".join(f"{line}\n" for line in lines))
    (tmp_path / "run" / "DONE").unlink()
    run(spec, tmp_path / "run", workers=1, resume=True)
    assert (tmp_path / "run" / "generations.jsonl").read_text() == before


@both
def test_a_training_that_was_cut_off_goes_on_to_the_same_weights(base, train, method, tmp_path):
    """Cut off in the second run: the first is not trained again, and the second goes on at its step."""
    from autophagy.models.neural.checkpoint import Checkpoint

    model = settings(base, method, epochs=3)
    whole = model.fit(train, stream(1), runs=2)
    checkpoint = Checkpoint(tmp_path / "checkpoint", every=0.0)
    saved = []

    def stop(self, step, steps, state, save=Checkpoint.save):
        save(self, step, steps, state)
        saved.append((self.path.name, step))
        if self.path.name.endswith("-1") and step == 4:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checkpoint, "save", stop)
        with pytest.raises(KeyboardInterrupt):
            model.fit(train, stream(1), runs=2, checkpoint=checkpoint)
    again = model.fit(train, stream(1), runs=2, checkpoint=checkpoint)
    for one, two in zip(whole.changes, again.changes, strict=True):
        assert all(torch.equal(two[name], weight) for name, weight in one.items())
    assert saved
    assert not list(tmp_path.glob("checkpoint*"))


@both
def test_a_run_that_diverges_leaves_the_other_as_it_was(base, train, method, monkeypatch):
    from autophagy.core.errors import Diverged
    from autophagy.models.pretrained import tune as pretrained_tune

    whole = settings(base, method).fit(train, stream(1), runs=2)
    plain, calls = pretrained_tune.tune, []

    def second_runs_away(*given):
        calls.append(1)
        if len(calls) == 2:
            raise Diverged("the training of the model pretrained diverged at step 3: lower its learning_rate.")
        plain(*given)

    monkeypatch.setattr(pretrained_tune, "tune", second_runs_away)
    found = settings(base, method).fit(train, stream(1), runs=2)
    assert found.diverged == (1,)
    assert all(torch.equal(found.changes[0][name], weight) for name, weight in whole.changes[0].items())
    assert found.sample(3, stream(2)).shape == (6,)
    monkeypatch.setattr(pretrained_tune, "tune", lambda *given: (_ for _ in ()).throw(Diverged("it diverged.")))
    with pytest.raises(Diverged):
        settings(base, method).fit(train, stream(1), runs=2)

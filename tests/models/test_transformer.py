"""The transformer: the network of transformers' Llama, exact likelihoods, draws by their law, files that both read."""

# ruff: noqa: E402, since the modules under test need what is skipped on

import subprocess
import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("tokenizers")

from autophagy.core.errors import FitError, RecordError, UsageError
from autophagy.core.samples import Samples
from autophagy.models.neural.training import Streams
from autophagy.models.transformer import likelihood
from autophagy.models.transformer.decoding import TokenSampler
from autophagy.models.transformer.likelihood import _windows
from autophagy.models.transformer.model import Transformer
from autophagy.models.transformer.network import END, Llama
from autophagy.models.transformer.packing import Batches, Passages
from autophagy.models.transformer.tokenizer import END_TEXT, decode, encode

TINY = Transformer(layers=2, width=16, heads=2, context=16, epochs=2, batch=2, vocabulary=270)
SENTENCE = "the cat sat on the mat and the dog sat on the log while a bird sang of rain"
WORDS = SENTENCE.split()


def stream(seed=0):
    return np.random.default_rng(seed)


def texts(rows):
    return np.array(rows, np.dtypes.StringDType())


def passages(n=24, seed=0):
    rng = stream(seed)
    return Samples.of([" ".join(rng.choice(WORDS, rng.integers(2, 12))) for _ in range(n)])


@pytest.fixture(scope="module")
def fitted():
    """Two runs, with weights that are far from their start."""
    model = replace(TINY, learning_rate=0.02).prepare(passages(), stream())
    return model.fit(passages(48), stream(1), runs=2)


@pytest.fixture(scope="module")
def saved(fitted, tmp_path_factory):
    folder = tmp_path_factory.mktemp("transformer")
    fitted.save(folder)
    return folder


@pytest.fixture(scope="module")
def theirs(saved):
    return [transformers.AutoModelForCausalLM.from_pretrained(saved / str(run)).eval() for run in range(2)]


def test_the_scores_are_those_of_transformers(fitted, theirs):
    tokens = torch.tensor(stream(2).integers(1, fitted.network.vocabulary, (2, 3, 16)))
    ours = fitted.network.scores(fitted.weights, fitted.network(fitted.weights, tokens).flatten(1, 2))
    for run, model in enumerate(theirs):
        with torch.no_grad():
            expected = model(tokens[run]).logits
        assert expected.std() > 0.1
        torch.testing.assert_close(ours[run].view_as(expected), expected, atol=1e-4, rtol=0)


def test_the_loss_and_its_gradients_are_those_of_transformers(fitted, theirs, monkeypatch):
    tokens = torch.tensor(stream(3).integers(1, fitted.network.vocabulary, (1, 3, 17)))
    weights = {key: weight[:1].clone().requires_grad_() for key, weight in fitted.weights.items()}
    monkeypatch.setattr(likelihood, "CHUNK", 20)
    monkeypatch.setattr(likelihood, "half_precision", lambda: False)  # which is true of some processors alone
    loss = likelihood.loss_over(fitted.network, lambda: tokens, apart=False)(weights)
    loss.sum().backward()
    model = theirs[0]
    model.zero_grad()
    expected = model(tokens[0], labels=tokens[0]).loss
    expected.backward()
    assert loss.item() == pytest.approx(expected.item(), abs=1e-4)
    layer = model.model.layers[1]
    ours, expected = weights["1.attend"].grad[0], layer.self_attn
    both = torch.cat([expected.q_proj.weight.grad, expected.k_proj.weight.grad, expected.v_proj.weight.grad]).T
    torch.testing.assert_close(ours, both, atol=1e-4, rtol=1e-3)
    embedded = model.model.embed_tokens.weight.grad
    torch.testing.assert_close(weights["embed"].grad[0], embedded, atol=1e-4, rtol=1e-3)


def test_in_half_precision_the_loss_is_what_its_eight_bits_leave(fitted, monkeypatch):
    tokens = torch.tensor(stream(3).integers(1, fitted.network.vocabulary, (1, 3, 17)))
    weights = {key: weight[:1] for key, weight in fitted.weights.items()}
    losses = []
    for half in (False, True):
        monkeypatch.setattr(likelihood, "half_precision", lambda half=half: half)
        losses.append(likelihood.loss_over(fitted.network, lambda: tokens, apart=False)(weights).item())
    assert losses[0] != losses[1]
    assert losses[1] == pytest.approx(losses[0], rel=2**-8)  # a bfloat16 has eight bits


def test_a_passage_that_is_apart_sees_nothing_before_its_end_token(fitted):
    tokens = torch.tensor(stream(4).integers(1, fitted.network.vocabulary, (2, 1, 12)))
    tokens[..., 5] = END
    packed = fitted.network(fitted.weights, tokens, apart=True)[..., 5:, :]
    alone = fitted.network(fitted.weights, tokens[..., 5:])
    torch.testing.assert_close(packed, alone, atol=1e-4, rtol=1e-4)  # turned by the same angles but for a shift
    assert (fitted.network(fitted.weights, tokens)[..., 5:, :] - alone).abs().max() > 0.01


def test_saved_files_give_transformers_the_same_tokens_and_texts(fitted, saved, theirs):
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(saved / "0" / "tokenizer.json"))
    text = "the cat sang\n\n  of ümlauts \U0001f408 and\ttabs"
    ours = encode(fitted.prepared.tokenizer, texts([text]))
    assert tokenizer(text)["input_ids"] == ours.tokens[:-1].tolist()
    assert tokenizer.decode(ours.tokens[:-1]) == text
    assert transformers.AutoTokenizer.from_pretrained(saved / "1").eos_token_id == END
    config = theirs[0].generation_config
    assert (config.eos_token_id, config.do_sample, config.top_k) == (END, True, 0)
    assert config.max_new_tokens == fitted.prepared.longest


def test_a_fitted_model_comes_back_from_its_folder(fitted, saved, tmp_path):
    again = TINY.load(saved)
    assert again.settings == fitted.settings
    np.testing.assert_array_equal(again.sample(6, stream(5)), fitted.sample(6, stream(5)))
    alone = replace(TINY, prompt=4).fit(passages(), stream(1))
    alone.save(tmp_path)
    assert (tmp_path / "model.safetensors").exists()
    np.testing.assert_array_equal(TINY.load(tmp_path).sample(6, stream(5)), alone.sample(6, stream(5)))
    (tmp_path / "model.safetensors").write_bytes(b"{}")
    with pytest.raises(RecordError, match="cannot be read as a fitted transformer"):
        TINY.load(tmp_path)


@pytest.mark.parametrize("run", [0, 1])
def test_log_prob_is_that_of_transformers(fitted, theirs, run):
    x = passages(5, seed=9).x
    for text, ours in zip(x, fitted.log_prob(x, run), strict=True):
        tokens = torch.tensor([[END, *encode(fitted.prepared.tokenizer, texts([text])).tokens[:15]]])
        if tokens.shape[1] <= 16:
            with torch.no_grad():
                known = theirs[run](tokens[:, :-1]).logits[0].log_softmax(-1)
            expected = known[torch.arange(tokens.shape[1] - 1), tokens[0, 1:]].sum()
            if len(encode(fitted.prepared.tokenizer, texts([text])).tokens) <= 15:
                assert ours == pytest.approx(float(expected), abs=1e-3)


def test_a_passage_longer_than_the_context_is_read_in_windows(fitted):
    text = "the cat sat on the mat and " * 12
    passage = encode(fitted.prepared.tokenizer, texts([text]))
    tokens = np.concatenate([[END], passage.tokens])
    weights = {key: weight[:1] for key, weight in fitted.weights.items()}
    expected = 0.0
    for place in range(1, len(tokens)):
        begin = 0 if place <= 16 else 8 * (-(-(place - 16) // 8))  # the last window that has room for it
        seen = torch.tensor(tokens[None, None, begin:place])
        scores = fitted.network.scores(weights, fitted.network(weights, seen)[:, :, -1])
        expected += float(scores[0, 0].log_softmax(-1)[tokens[place]])
    assert fitted.log_prob(texts([text]))[0] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("length", [1, 15, 16, 17, 24, 25, 100])
def test_every_token_is_counted_in_one_window(length):
    counted = np.zeros(length, int)
    for _, begin, end, skip in _windows(np.array([length]), 16):
        assert end - begin <= 16
        counted[begin + skip : end] += 1
    assert (counted == 1).all()


def test_the_probabilities_of_all_short_passages_sum_to_one_with_the_rest():
    """Each passage of up to two tokens, and each that goes on after two: nothing else can happen."""
    model = replace(TINY, vocabulary=257).fit(Samples.of(["ab", "ba", ""]), stream())
    network, weights, size = model.network, model.weights, model.network.vocabulary
    first = network.scores(weights, network(weights, torch.zeros(1, 1, 1, dtype=torch.long))[:, :, -1])[0, 0]
    letters = {letter: int(encode(model.prepared.tokenizer, texts([letter])).tokens[0]) for letter in "ab"}
    assert model.log_prob(texts([""]))[0] == pytest.approx(float(first.log_softmax(-1)[END]), abs=1e-4)
    pairs = torch.tensor([[[END, one, two] for one, two in product(letters.values(), repeat=2)]])
    after = network.scores(weights, network(weights, pairs[..., :2])[:, :, -1]).log_softmax(-1)[0]
    ends = model.log_prob(texts(list(letters)))
    for row, letter in ((0, 0), (2, 1)):
        alone = float(first.log_softmax(-1)[list(letters.values())[letter]])
        assert ends[letter] == pytest.approx(alone + float(after[row, END]), abs=1e-4)
        assert float(after[row].exp().sum()) == pytest.approx(1, abs=1e-5)
    assert size == 257


# --- sampling


@pytest.mark.parametrize("penalty", [1.0, 1.3])
def test_at_bias_0_the_continuation_is_the_greedy_one_of_transformers(fitted, theirs, penalty):
    model = replace(fitted.settings, prompt=6, repetition_penalty=penalty).prepare(passages(), stream())
    mine = replace(fitted, settings=model, prepared=model.prepared)
    assert_same_as_generate(mine, theirs, do_sample=False, num_beams=1, repetition_penalty=penalty)


@pytest.mark.parametrize("penalty", [1.0, 1.3])
def test_beam_search_is_that_of_transformers(fitted, theirs, penalty):
    model = replace(fitted.settings, prompt=6, beams=3, repetition_penalty=penalty).prepare(passages(), stream())
    mine = replace(fitted, settings=model, prepared=model.prepared)
    assert_same_as_generate(mine, theirs, do_sample=False, num_beams=3, repetition_penalty=penalty)


def assert_same_as_generate(mine, theirs, **how):
    blocks = torch.tensor(mine.prepared.prompts)
    ours = mine.sample(len(blocks), stream(6), bias=float(how["num_beams"] > 1)).reshape(2, -1)
    for run, model in enumerate(theirs):
        config = transformers.GenerationConfig(max_new_tokens=6, pad_token_id=END, eos_token_id=None, **how)
        with pytest.MonkeyPatch.context() as patch:  # the other tests read what was saved with the model
            patch.setattr(model, "generation_config", config)
            made = model.generate(blocks, attention_mask=torch.ones_like(blocks))
        tokens = made[:, 6:].numpy()
        expected = decode(mine.prepared.tokenizer, tokens, end="\n")
        assert sorted(map(str, ours[run])) == sorted(map(str, expected))


def test_draws_follow_the_law_of_the_model():
    """The first token of 4,000 drawn passages: a chi-squared below its 1 - 1e-6 quantile."""
    from scipy.stats import chi2

    model = replace(TINY, vocabulary=257, epochs=40, learning_rate=0.01).fit(
        Samples.of(["ab", "ba", "b", ""]), stream()
    )
    made = model.sample(4000, stream(7))
    counts = {text: int((made == text).sum()) for text in ("ab", "ba", "b", "", "a")}
    share = np.exp(model.log_prob(texts(list(counts))))
    expected = np.append(share, 1 - share.sum()) * 4000
    seen = np.append(list(counts.values()), 4000 - sum(counts.values()))
    assert ((seen - expected) ** 2 / expected).sum() < chi2.isf(1e-6, len(expected) - 1)


@pytest.mark.parametrize(
    "sampler",
    [TokenSampler(top_k=3), TokenSampler(top_p=0.6), TokenSampler(0.7, 5, 0.8), TokenSampler(repetition_penalty=1.7)],
)
def test_the_cuts_are_those_of_transformers(sampler):
    scores = torch.randn(40, 30, generator=torch.Generator().manual_seed(0)) * 2
    context = torch.arange(40)[:, None] % 30
    steps = transformers.LogitsProcessorList()
    if sampler.repetition_penalty != 1:
        steps.append(transformers.RepetitionPenaltyLogitsProcessor(sampler.repetition_penalty))
    steps.append(transformers.TemperatureLogitsWarper(sampler.temperature))
    if sampler.top_k:
        steps.append(transformers.TopKLogitsWarper(sampler.top_k))
    if sampler.top_p < 1:
        steps.append(transformers.TopPLogitsWarper(sampler.top_p))
    seen = torch.zeros(40, 30, dtype=torch.bool).scatter(1, context, True)
    ours = sampler.shape(scores, seen if sampler.repetition_penalty != 1 else None)
    torch.testing.assert_close(ours, steps(context, scores.clone()))


@pytest.mark.parametrize("uniform", [0.0, 0.5, 1 - 2**-24])
def test_a_token_without_probability_is_never_drawn(uniform):
    scores = torch.full((1, 50), -torch.inf)
    scores[0, [7, 30]] = torch.tensor([1.0, 1.0])
    assert int(TokenSampler().draw(scores, None, torch.tensor([uniform]))) == (7 if uniform < 0.5 else 30)


def test_a_lower_bias_makes_likelier_passages(fitted):
    wide, narrow = (fitted.sample(40, stream(8), bias=bias) for bias in (1.0, 0.3))
    assert (fitted.log_prob(narrow) / fitted.tokens(narrow)).mean() > (
        fitted.log_prob(wide) / fitted.tokens(wide)
    ).mean()


def test_what_a_run_makes_does_not_depend_on_the_batch_it_is_cut_into(fitted, monkeypatch):
    from autophagy.models.transformer import decoding

    whole = fitted.sample(30, stream(9))
    np.testing.assert_array_equal(fitted.sample(30, stream(9)), whole)
    monkeypatch.setattr(decoding, "FULL", 0.0)  # nobody leaves the batch before all have ended
    np.testing.assert_array_equal(fitted.sample(30, stream(9)), whole)


def test_passages_are_no_longer_than_real_ones(fitted):
    real = fitted.tokens(passages().x)
    assert fitted.prepared.longest == min(16, int(np.ceil(np.quantile(real, 0.999))))
    letters = replace(TINY, vocabulary=257).fit(Samples.of(["abcde"] * 5), stream())
    assert letters.prepared.longest == 6
    made = letters.sample(60, stream(10))
    assert max(map(len, made)) == 6


# --- training


def test_runs_learn_apart():
    model = replace(TINY, epochs=30, learning_rate=0.02)
    rows = Samples.of(["aaaa aaaa"] * 8 + ["bbbb bbbb"] * 8)
    fitted = model.prepare(rows, stream()).fit(rows, stream(1), runs=2)
    likely = [fitted.log_prob(texts(["aaaa aaaa", "bbbb bbbb"]), run) for run in range(2)]
    assert likely[0][0] > likely[0][1] + 2
    assert likely[1][1] > likely[1][0] + 2
    assert fitted.tokens(texts(["aaaa aaaa", ""])).tolist()[1] == 1


def test_a_warm_start_goes_on(fitted):
    model, rows = fitted.settings, passages(48)
    still = replace(model, learning_rate=0.0).fit(rows, stream(3), start=fitted, runs=2)
    np.testing.assert_array_equal(still.log_prob(rows.x), fitted.log_prob(rows.x))
    further = model.fit(rows, stream(3), start=fitted, runs=2)
    assert further.log_prob(rows.x[:24]).sum() > fitted.log_prob(rows.x[:24]).sum()
    with pytest.raises(FitError, match="cannot go on"):
        model.fit(rows, stream(3), start=fitted)
    with pytest.raises(FitError, match="cannot go on"):
        replace(model, width=32).fit(rows, stream(3), start=fitted, runs=2)


def test_a_fit_reads_no_more_than_its_budget(monkeypatch):
    from autophagy.models.neural import training

    steps = []
    plain = training.train
    monkeypatch.setattr(training, "train", lambda *given, **more: steps.append(given[2]) or plain(*given, **more))
    rows = passages()
    total = TINY.fit(rows, stream()).tokens(rows.x).sum()
    replace(TINY, budget=64).fit(rows, stream())
    assert steps == [-(-2 * total // 32), 2]


@pytest.mark.parametrize("context", [3, 8, 50])
def test_batches_hold_every_token_once_an_epoch_and_no_padding(context):
    rng = stream(11)
    lengths = rng.integers(1, 9, 20)
    bounds = np.concatenate([[0], lengths.cumsum()])
    tokens = np.arange(1, bounds[-1] + 1)
    tokens[bounds[1:] - 1] = END
    one = Passages(tokens, bounds)
    batches = Batches([one, one], 2, context, Streams(stream(12), 2))
    rows = torch.cat([batches() for _ in range(-(-len(tokens) // (2 * context)))], 1).numpy()
    for run in rows:
        assert (run[1:, 0] == run[:-1, -1]).all()
        read = np.concatenate([run[0, :1], run[:, 1:].reshape(-1)])[: len(tokens) + 1]
        assert sorted(read[1:]) == sorted(tokens)
    assert (rows[0] != rows[1]).any()


# --- strange texts and settings

STRANGE = {
    "empty": [""] * 3,
    "one": ["a single passage"],
    "one enormous line": ["word " * 5000, "short"],
    "no space": ["x" * 20_000],
    "bytes": ["\x00\ufffd\u2028\U0001f408", "\r\n\t"],
    "end": [f"before {END_TEXT} after", END_TEXT],
}


@pytest.mark.parametrize("rows", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("prompt", [0, 8])
def test_strange_texts_are_learnt(rows, prompt):
    fitted = replace(TINY, prompt=prompt, budget=200).fit(Samples.of(rows), stream())
    made = fitted.sample(3, stream(1))
    assert made.dtype.kind == "T"
    assert made.shape == (3,)
    known = fitted.log_prob(texts(rows))
    assert np.isfinite(known).all()
    assert (known < 0).all()
    tokens = encode(fitted.prepared.tokenizer, texts(rows))
    assert [decode(fitted.prepared.tokenizer, part.tokens[None])[0] for part in tokens.split(len(rows))] == rows


def test_a_vocabulary_is_as_large_as_the_text_supports_and_always_the_same():
    model = replace(TINY, vocabulary=5000)
    one, two = (model.prepare(passages(), stream(seed)).prepared.tokenizer.to_str() for seed in range(2))
    assert one == two
    fitted = model.fit(passages(), stream())
    assert 257 < fitted.network.vocabulary < 400


def test_learning_repeats_itself():
    one, two = (TINY.fit(passages(), stream(1)).sample(10, stream(2)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("layers", 0),
        ("width", 1),
        ("heads", 3),
        ("context", 1),
        ("epochs", 0),
        ("budget", 0),
        ("learning_rate", -1.0),
        ("batch", 0),
        ("vocabulary", 256),
        ("top_p", 0.0),
        ("top_k", -1),
        ("repetition_penalty", 0.0),
        ("prompt", 9),
        ("beams", 2),
    ],
)
def test_absurd_settings_are_one_sentence(setting, value):
    with pytest.raises(UsageError, match=f"the setting {setting} must be"):
        replace(TINY, **{setting: value})


@pytest.mark.parametrize(
    ("rows", "runs", "sentence"),
    [
        (Samples.of(np.zeros((4, 2))), 1, "learns texts"),
        (Samples.of(["a", "b", "c"]), 2, "3 rows do not divide into 2 runs"),
        (Samples.of(texts([])), 1, "got no passages"),
    ],
)
def test_rows_that_cannot_be_fitted_are_one_sentence(rows, runs, sentence):
    with pytest.raises(FitError, match=sentence):
        TINY.fit(rows, stream(), runs=runs)


def test_divergence_is_one_sentence():
    with pytest.raises(FitError, match="transformer diverged at step"):
        replace(TINY, learning_rate=1e30).fit(passages(), stream())


def test_a_negative_bias_is_one_sentence(fitted):
    with pytest.raises(UsageError, match="bias of 0 or more"):
        fitted.sample(3, stream(), bias=-1.0)


def test_the_default_has_about_a_million_parameters():
    model = Transformer()
    network = Llama(model.vocabulary, model.width, model.layers, model.heads, model.context)
    assert sum(weight[0].numel() for weight in network.weights(Streams(stream(), 1)).values()) == pytest.approx(
        1e6, rel=0.2
    )


def test_the_settings_are_there_without_torch():
    program = (
        "import sys; sys.modules['torch'] = sys.modules['tokenizers'] = None\n"
        "from autophagy.models.transformer import Transformer; print(Transformer())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "layers=2" in done.stdout


def test_a_training_that_was_cut_off_goes_on_to_the_same_weights(tmp_path):
    from autophagy.models.neural.checkpoint import Checkpoint
    from autophagy.models.neural.training import train

    tiny = Transformer(layers=1, width=16, context=32, budget=3000, vocabulary=300)
    rows = Samples.of([f"some words {i} of passage {i % 7}" for i in range(60)])
    whole = tiny.fit(rows, np.random.default_rng(4), runs=2)
    assert whole.diverged == ()
    checkpoint = Checkpoint(tmp_path / "checkpoint", every=0.0)

    def stop(step, steps, state, save=checkpoint.save):
        save(step, steps, state)
        if step == 40:
            raise KeyboardInterrupt

    checkpoint.save = stop
    with pytest.raises(KeyboardInterrupt):
        tiny.fit(rows, np.random.default_rng(4), runs=2, checkpoint=checkpoint)
    again = tiny.fit(rows, np.random.default_rng(4), runs=2, checkpoint=Checkpoint(tmp_path / "checkpoint"))
    assert all(torch.equal(again.weights[key], weight) for key, weight in whole.weights.items())
    assert not (tmp_path / "checkpoint").exists()
    assert train is not None


def test_a_truncated_loss_leaves_out_what_is_easy():
    """Rows of which most tokens repeat: with the loss of easy tokens cut away the model is less sure of them."""
    rows = Samples.of(["the same the same the same the same end"] * 60)
    fields = {"layers": 1, "width": 16, "context": 32, "budget": 20_000, "learning_rate": 0.01, "vocabulary": 300}
    plain, cut = (Transformer(**fields, truncate=t).fit(rows, np.random.default_rng(2)) for t in (1.0, 0.5))
    assert cut.log_prob(rows.x[:1])[0] < plain.log_prob(rows.x[:1])[0]
    with pytest.raises(UsageError, match="truncate"):
        Transformer(truncate=0.0)


def test_token_editing_redraws_what_the_model_is_sure_of_and_nothing_else(tmp_path):
    texts = [f"one two three four five six seven eight nine word{i}" for i in range(40)]
    rows = Samples.of(texts)
    fields = {"layers": 1, "width": 16, "context": 64, "epochs": 60, "learning_rate": 0.01, "vocabulary": 400}
    made = Transformer(**fields, edit=0.5).fit(rows, stream(3), runs=2).sample(15, stream(4), bias=4.0)
    assert made.shape == (30,)
    assert not set(made.tolist()) <= set(texts)
    kept = [text.split()[-1] for text in made.tolist()]
    assert all(word[-1].isdigit() for word in kept)  # the numbers are not foretold, and stay
    never = Transformer(**fields, edit=1 - 1e-12).fit(rows, stream(3))
    assert set(never.sample(40, stream(4)).tolist()) == set(texts)
    never.save(tmp_path)
    assert Transformer().load(tmp_path).sample(9, stream(5)).tolist() == never.sample(9, stream(5)).tolist()
    greedy = Transformer(**fields, edit=0.5).fit(rows, stream(3)).sample(20, stream(4), bias=0.0)
    assert set(greedy.tolist()) <= set(texts)  # what it is sure of is what it would draw
    with pytest.raises(UsageError, match="prompt"):
        Transformer(edit=0.9, prompt=8)

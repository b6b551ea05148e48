"""What a local model has answered it is not asked again: batch by batch, or answer by answer in llama.cpp."""

import pytest

from autophagy.answering.find import find_model
from autophagy.answering.kept import keeping, unkept

QUESTIONS = [f"Who wrote the book {'of ' * number}which {number} people read?" for number in range(10)]


class Stopped(Exception):
    """The session ends here."""


def facts(completions):
    return [(each.text, each.tokens_in, each.tokens_out, each.error, each.stop, each.seconds) for each in completions]


@pytest.fixture
def local(tiny_model, monkeypatch):
    """A model that answers four prompts at a time, and the batches that it was asked."""
    from autophagy.answering import local

    monkeypatch.setattr(local._batches, "__defaults__", (4,))
    asked, follow = [], local.LocalModel._follow

    def counted(model, rows, new, draw):
        if len(asked) == counted.limit:
            raise Stopped
        asked.append(len(rows))
        return follow(model, rows, new, draw)

    counted.limit = 2
    monkeypatch.setattr(local.LocalModel, "_follow", counted)
    return find_model(str(tiny_model)), asked, counted


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_a_batch_that_was_answered_is_not_asked_again(local, tmp_path, temperature):
    model, asked, counted = local
    wanted = {"max_tokens": 6, "temperature": temperature, "seed": 3}
    with keeping(tmp_path / "asked.jsonl"), pytest.raises(Stopped):
        model.complete(QUESTIONS, **wanted)
    counted.limit = None
    with keeping(tmp_path / "asked.jsonl") as journal:
        after = model.complete(QUESTIONS, **wanted)
    assert (asked, journal.recalled) == ([4, 4, 2], 8)
    whole = facts(model.complete(QUESTIONS, **wanted))
    assert [each[:-1] for each in facts(after)] == [each[:-1] for each in whole]


def test_half_a_batch_and_another_question_are_asked(local, tmp_path):
    """An answer may be another one beside other prompts, so that a batch counts as a whole."""
    model, asked, counted = local
    counted.limit = None
    with keeping(tmp_path / "asked.jsonl"):
        model.complete(QUESTIONS[:4], max_tokens=6)
    with keeping(tmp_path / "asked.jsonl") as journal:
        model.complete(QUESTIONS[:3], max_tokens=6)
        model.complete(QUESTIONS[:4], max_tokens=7)
    with keeping(tmp_path / "asked.jsonl", "another arm") as other:
        model.complete(QUESTIONS[:4], max_tokens=6)
    assert (asked, journal.recalled, other.recalled) == ([4, 3, 4, 4], 0, 0)


def test_what_is_to_warm_up_is_neither_kept_nor_given_back(local, tmp_path):
    model, asked, counted = local
    counted.limit = None
    for _ in range(2):
        with keeping(tmp_path / "asked.jsonl") as journal, unkept():
            model.complete(["?"], max_tokens=1)
    assert (asked, journal.recalled) == ([1, 1], 0)
    assert not (tmp_path / "asked.jsonl").exists()


def test_an_answer_of_a_gguf_file_is_not_asked_again(smollm2, tmp_path):
    model = find_model(smollm2)
    with keeping(tmp_path / "asked.jsonl"):
        bunches = model.bunches(QUESTIONS[:6], max_tokens=6)
        before = dict(each for _ in range(3) for each in next(bunches))
        bunches.close()
    with keeping(tmp_path / "asked.jsonl") as journal:
        after = model.complete(QUESTIONS[:6], max_tokens=6)
    assert journal.recalled == 3
    assert [facts([after[place]])[0][:-1] for place in before] == [each[:-1] for each in facts(before.values())]
    assert [each[:-1] for each in facts(after)] == [
        each[:-1] for each in facts(model.complete(QUESTIONS[:6], max_tokens=6))
    ]

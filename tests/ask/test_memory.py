"""An embedder that remembers asks the other once for each text."""

import numpy as np

from autophagy.ask.memory import Remembering
from autophagy.context.limit import TokenLimit


class Counting:
    """Vectors of counted letters, and the texts that were asked for."""

    name, dimension = "counting@1", 2
    limit = TokenLimit(9, lambda texts: [len(text) for text in texts])

    def __init__(self):
        self.asked = []

    def encode(self, texts, question=False):
        self.asked += [(text, question) for text in texts]
        return np.array([[text.count("a"), float(question)] for text in texts], np.float32).reshape(-1, 2)


def test_each_text_is_asked_for_once_as_a_passage_and_as_a_question():
    other = Counting()
    memory = Remembering(other)
    np.testing.assert_array_equal(memory.encode(["aa", "b", "aa"]), [[2, 0], [0, 0], [2, 0]])
    np.testing.assert_array_equal(memory.encode(["aa"], question=True), [[2, 1]])
    np.testing.assert_array_equal(memory.encode(["a", "b"]), [[1, 0], [0, 0]])
    assert other.asked == [("aa", False), ("b", False), ("aa", True), ("a", False)]


def test_it_is_known_by_what_the_other_is_known_by():
    memory = Remembering(Counting())
    assert (memory.name, memory.dimension, memory.limit.most) == ("counting@1", 2, 9)
    assert memory.encode([]).shape == (0, 2)

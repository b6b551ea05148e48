"""What a small model is shown: the nearest sentences, in their order, without headings."""

import numpy as np
import pytest

from autophagy.ask.nearest import nearest


class Counting:
    """Vectors that count three words, so that cosines can be reckoned by hand."""

    name, dimension, words = "counting", 3, ("leave", "days", "pay")

    def encode(self, texts, question=False):
        counts = np.array([[text.lower().count(word) for word in self.words] for text in texts], np.float32)
        return counts / np.maximum(1e-9, np.linalg.norm(counts, axis=1, keepdims=True))


PASSAGES = [
    "# Leave\n\nPay comes on Fridays. Employees have\nthirty days of leave.",
    "Leave is asked for. Nothing here.",
]


def test_the_two_nearest_sentences_come_in_the_order_of_the_passages():
    text, cosine = nearest("How many days of leave?", PASSAGES, Counting())
    assert text == "Employees have thirty days of leave. Leave is asked for."
    assert cosine == pytest.approx(1)


def test_of_what_shares_nothing_the_cosine_says_so():
    assert nearest("Who is the director?", PASSAGES, Counting())[1] == 0.0
    assert nearest("Who?", ["# A heading alone"], Counting()) == ("", -1.0)
    assert nearest("Who?", [], Counting()) == ("", -1.0)

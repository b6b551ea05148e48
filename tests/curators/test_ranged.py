"""What was said of many rows: details that differ in numbers alone are one line, and no row is lost or told wrongly."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from autophagy.curators.ranged import ranged

SAID = st.sampled_from(
    ["exact copy", "{} cards ({}…9)", "Jaccard 0.9{}", "{} of 1,{}00 words stand elsewhere", '"{} pears" here', "{}"]
)
DETAILS = st.dictionaries(
    st.builds(lambda said, n: said.replace("{}", str(n)), SAID, st.integers(0, 9)), st.integers(1, 5)
)


def test_numbers_become_ranges():
    found = ranged({"Jaccard 0.94": 14, "exact copy": 126, "Jaccard 0.91": 4, "Jaccard 0.97": 3})
    assert found == {"exact copy": 126, "Jaccard 0.91 to 0.97": 21}


def test_only_the_numbers_that_differ_do_and_large_ones_are_larger():
    found = ranged({"9 of 9 words, in 2 documents": 1, "1,000 of 1,200 words, in 2 documents": 2})
    assert found == {"9 to 1,000 of 9 to 1,200 words, in 2 documents": 3}


def test_what_is_quoted_or_asked_for_stays_as_it_is():
    details = {'"4 pears" is in 20 texts': 1, '"5 pears" is in 20 texts': 1}
    assert ranged(details) == details
    assert ranged({"17": 1, "18": 2}) == {"17": 1, "18": 2}  # ids of rows that somebody asked to have removed


def test_values_that_are_masked_make_no_kind_of_their_own():
    found = ranged(
        {"1 card (44…59)": 1, "2 addresses (a@…om)": 1, "3 addresses (b@…de)": 2, "1 key (k…9); 2 cards (4…1)": 1}
    )
    assert found == {"1 card (44…59)": 1, "2 to 3 addresses": 3, "1 key (k…9); 2 cards (4…1)": 1}


@given(DETAILS)
def test_every_row_is_counted_once_and_ranges_of_ranges_are_the_same(details):
    found = ranged(details)
    assert found.total() == sum(details.values())
    assert ranged(found) == found
    assert set(Counter(details)) >= {said for said in found if " to " not in said}

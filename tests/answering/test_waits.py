"""How long to wait where a limit is used up and no Retry-After says it."""

import datetime

import pytest

from autophagy.answering.waits import renewal_of


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "12ms"}, 0.012),
        ({"X-RateLimit-Remaining-Tokens": "0", "X-RateLimit-Reset-Tokens": "37.973s"}, 37.973),
        ({"ratelimitbysize-remaining": "0", "ratelimitbysize-reset": "31"}, 31),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"}, 60),
        ({"x-ratelimit-remaining-requests": "9", "x-ratelimit-reset-requests": "20s"}, 0),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "soon"}, 0),
        ({"x-ratelimit-remaining-requests": "0"}, 0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1.2.3"}, 0),
        ({}, 0),
    ],
)
def test_a_limit_that_is_used_up_says_when_it_begins_anew(headers, seconds):
    assert renewal_of(headers) == pytest.approx(seconds)


def test_a_limit_may_begin_anew_at_a_moment():
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=20)
    headers = {
        "anthropic-ratelimit-requests-remaining": "0",
        "anthropic-ratelimit-requests-reset": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    assert 18 < renewal_of(headers) <= 20

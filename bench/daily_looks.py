"""A look a day for a year: how often an unchanged model alarms, and how soon a change is found.

    python bench/daily_looks.py [--runs 1000] [--days 365]

Each prompt is answered rightly with odds of its own, from Beta(2, 1); after a change its odds are that much lower, 0 at
the least. `use-once` compares each recorded answer with one new answer. `fixed` asks the same prompts every day and
compares with the mean of k recorded answers each. Both gather evidence anew from every seventh day on, `fixed` then
against the answers of the days before as well; `one start` does not. `two shares` is what is published for fixed
prompts: half of alpha for the confidence sequence, from one start, and half for the recorded means. The last two are
what one would do first: McNemar's test of each day's answers against one recorded answer each, and the evidence of
flips of all days against those. A line is the share of runs that alarm within the year with 3 standard errors, and the
days from the change to the alarm, median and nine in ten (never: -). A run that alarmed before the change does not
count there.
"""

import argparse
import math

import numpy as np
from scipy.special import bdtr

from autophagy.statistics.baseline import PromptMoments, change
from autophagy.statistics.betting import log_flips
from autophagy.statistics.mixture import NormalMixture
from autophagy.statistics.sequential import starts

ALPHA, SOONEST = 0.05, 0.1
LIMIT = math.log(1 / ALPHA)


def odds(prompts, lower, at, days, rng):
    """The odds of prompts (...,) or (days, prompts) on each day, lower from day `at` on."""
    before = rng.beta(2, 1, prompts)
    late = (np.arange(days) >= at)[:, None]
    return before, np.clip(before - lower * late, 0, 1)


def best(of_start, days, several):
    """The largest evidence (days,) of all starts, each times its share of alpha; `of_start` gives that of one."""
    found = np.full(days, -np.inf)
    for start, share in starts(days) if several else [(0, 1.0)]:
        found[start:] = np.maximum(found[start:], of_start(start) + math.log(share))
    return found


def use_once(prompts, lower, at, days, rng, several=True):
    """Alarms (days,) of new prompts a day, each recorded answer compared once."""
    before, after = odds((days, prompts), lower, at, days, rng)
    a, b = rng.random((days, prompts)) < before, rng.random((days, prompts)) < after
    wins, losses = (b & ~a).sum(axis=1), (a & ~b).sum(axis=1)
    return best(lambda start: log_flips(wins[start:].cumsum(), losses[start:].cumsum()), days, several) >= LIMIT


def use_once_one_start(prompts, lower, at, days, rng):
    """The same, over all days together."""
    return use_once(prompts, lower, at, days, rng, several=False)


def recorded_and_daily(prompts, k, lower, at, days, rng):
    """Moments of k recorded answers a prompt, and the answers of each day (days, prompts)."""
    before, after = odds(prompts, lower, at, days, rng)
    right, daily = rng.binomial(k, before).astype(float), (rng.random((days, prompts)) < after) * 1.0
    return PromptMoments(np.full(prompts, float(k)), right, right), daily


def since(daily):
    """The moments of the answers up to each of the days."""
    sums = daily.cumsum(axis=0)
    return PromptMoments(np.ones_like(daily).cumsum(axis=0), sums, sums)


def fixed(prompts, k, lower, at, days, rng, several=True):
    """Alarms (days,) of the same prompts every day, against the mean of k recorded answers each."""
    recorded, daily = recorded_and_daily(prompts, k, lower, at, days, rng)
    mixture = NormalMixture.for_change(SOONEST, ALPHA)

    def of_start(start):
        earlier = daily[:start].sum(axis=0)
        before = recorded + PromptMoments(np.full(prompts, float(start)), earlier, earlier)
        return mixture.log_beyond(*change(before, since(daily[start:])))

    return best(of_start, days, several) >= LIMIT


def fixed_one_start(prompts, k, lower, at, days, rng):
    """The same, over all days together."""
    return fixed(prompts, k, lower, at, days, rng, several=False)


def two_shares(prompts, k, lower, at, days, rng):
    """A confidence sequence at alpha / 2 against a fixed interval of the recorded means at alpha / 2."""
    recorded, daily = recorded_and_daily(prompts, k, lower, at, days, rng)
    mean, variance = change(recorded, since(daily))
    once = np.ones(prompts)
    _, own = change(recorded, PromptMoments(once * 1e9, once * 0, once * 0))  # that of the recorded means alone
    asked = prompts * np.arange(1, days + 1)
    mixture = NormalMixture.tightest_at(prompts * 3 / 6, ALPHA / 2)  # three days of answers of variance 1/6
    z = 2.2414  # the normal quantile at 1 - alpha / 4
    return np.abs(mean) - mixture.bound((variance - own) * asked**2, ALPHA / 2) / asked > z * math.sqrt(float(own))


def naive(prompts, lower, at, days, rng):
    """Alarms (days,) of a daily McNemar test against one recorded answer each."""
    wins, losses = _flips(prompts, lower, at, days, rng)
    return 2 * bdtr(np.minimum(wins, losses), wins + losses, 0.5) <= ALPHA


def fixed_flips(prompts, lower, at, days, rng):
    """Alarms (days,) of the evidence of all days' flips against the same recorded answers."""
    wins, losses = _flips(prompts, lower, at, days, rng)
    return log_flips(wins.cumsum(), losses.cumsum()) >= LIMIT


def _flips(prompts, lower, at, days, rng):
    before, after = odds(prompts, lower, at, days, rng)
    a, b = rng.random(prompts) < before, rng.random((days, prompts)) < after
    return (b & ~a).sum(axis=1), (a & ~b).sum(axis=1)


def simulated(design, settings, runs, days, at=0, seed=0):
    """The days from the change, on day `at`, to the alarm (runs,): inf for none, below 1 where it came before."""
    rng = np.random.default_rng(seed)
    alarms = [design(*settings, at, days, rng) for _ in range(runs)]
    return np.array([1 + each.argmax() - at if each.any() else np.inf for each in alarms])


def line(first):
    """The share of runs that alarm with three standard errors, and the days to it."""
    share, true = np.isfinite(first).mean(), first[first >= 1]
    middle, most = (f"{day:.0f}" if np.isfinite(day) else "-" for day in np.quantile(true, [0.5, 0.9], method="lower"))
    return f"{100 * share:5.1f} % +-{300 * math.sqrt(share * (1 - share) / len(first)):.1f}, days {middle}, {most}"


FIXED_SIZES = ((50, 5), (50, 10), (100, 5), (100, 10), (200, 5))
DESIGNS = {
    "use-once": (use_once, ((20,), (50,), (100,), (200,))),
    "use-once, one start": (use_once_one_start, ((20,), (50,), (100,), (200,))),
    "fixed": (fixed, FIXED_SIZES),
    "fixed, one start": (fixed_one_start, FIXED_SIZES),
    "fixed, two shares": (two_shares, FIXED_SIZES),
    "naive daily McNemar": (naive, ((100,),)),
    "evidence of flips, fixed baseline": (fixed_flips, ((100,),)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--days", type=int, default=365)
    asked = parser.parse_args()
    for lower, at in ((0.0, 0), (0.1, 0), (0.05, 0), (0.1, 100)):
        print(f"accuracy lower by {lower:g} from day {at + 1} on", flush=True)
        for name, (design, sizes) in DESIGNS.items():
            for size in sizes:
                first = simulated(design, (*size, lower), asked.runs, asked.days, at)
                print(f"  {name}, {' prompts, '.join(map(str, size))}: {line(first)}", flush=True)


if __name__ == "__main__":
    main()

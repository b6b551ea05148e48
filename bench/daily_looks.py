"""A look a day for a year: how often an unchanged model alarms, and how soon a change is found.

    python bench/daily_looks.py [--runs 2000] [--days 365]

Each prompt is answered rightly with odds of its own, from Beta(2, 1); after a change its odds are that much lower, 0 at
the least. `use-once` compares each recorded answer with one new answer. `fixed` asks the same prompts every day and
compares with the mean of k recorded answers each. `fixed, two shares` is the same with half of alpha for the confidence
sequence and half for the recorded means. The last two are what one would do first: McNemar's test of each day's answers
against one recorded answer each, and the evidence of flips of all days against those.
A line is the share of runs that alarm within the year, and the days to the alarm, median and nine in ten (never: -).
"""

import argparse
import math

import numpy as np

from autophagy.statistics.baseline import PromptMoments, change
from autophagy.statistics.betting import log_flips
from autophagy.statistics.mixture import NormalMixture

ALPHA, SOONEST = 0.05, 0.1
LIMIT = math.log(1 / ALPHA)


def odds(prompts, lower, rng):
    """The odds of prompts (...,) before and after their mean falls by `lower`."""
    before = rng.beta(2, 1, prompts)
    return before, np.clip(before - lower, 0, 1)


def use_once(prompts, lower, days, rng):
    """Alarms (days,) of new prompts a day, each recorded answer compared once."""
    before, after = odds((days, prompts), lower, rng)
    a, b = rng.random((days, prompts)) < before, rng.random((days, prompts)) < after
    wins, losses = (b & ~a).sum(axis=1).cumsum(), (a & ~b).sum(axis=1).cumsum()
    return log_flips(wins, losses) >= LIMIT


def recorded_and_daily(prompts, k, lower, days, rng):
    """PromptMoments of k recorded answers a prompt, and of the answers since, up to each of the days."""
    before, after = odds(prompts, lower, rng)
    right, daily = rng.binomial(k, before).astype(float), (rng.random((days, prompts)) < after).cumsum(axis=0) * 1.0
    counts = np.repeat(np.arange(1.0, days + 1)[:, None], prompts, axis=1)
    return PromptMoments(np.full(prompts, float(k)), right, right), PromptMoments(counts, daily, daily)


def fixed(prompts, k, lower, days, rng):
    """Alarms (days,) of the same prompts every day, against the mean of k recorded answers each."""
    recorded, since = recorded_and_daily(prompts, k, lower, days, rng)
    mean, variance = change(recorded, since)
    return NormalMixture.for_change(SOONEST, ALPHA).log_beyond(mean, variance) >= LIMIT


def two_shares(prompts, k, lower, days, rng):
    """The same, a confidence sequence at alpha / 2 against a fixed interval of the recorded means at alpha / 2."""
    recorded, since = recorded_and_daily(prompts, k, lower, days, rng)
    mean, variance = change(recorded, since)
    own = float(
        change(recorded, PromptMoments(since.counts[0] * 1e9, since.sums[0], since.sums[0]))[1]
    )  # of the baseline
    asked = since.counts.sum(axis=1)
    v = (variance - own) * asked**2
    mixture = NormalMixture.tightest_at(prompts * 3 / 6, ALPHA / 2)  # three days of answers of variance 1/6
    return np.abs(mean) - mixture.bound(v, ALPHA / 2) / asked > 2.2414 * math.sqrt(own)  # z at 1 - alpha / 4


def naive(prompts, lower, days, rng):
    """Alarms (days,) of a daily McNemar test against one recorded answer each."""
    wins, losses = _flips(prompts, lower, days, rng)
    from scipy.special import bdtr

    return 2 * bdtr(np.minimum(wins, losses), wins + losses, 0.5) <= ALPHA


def fixed_flips(prompts, lower, days, rng):
    """Alarms (days,) of the evidence of all days' flips against the same recorded answers."""
    wins, losses = _flips(prompts, lower, days, rng)
    return log_flips(wins.cumsum(), losses.cumsum()) >= LIMIT


def _flips(prompts, lower, days, rng):
    before, after = odds(prompts, lower, rng)
    a, b = rng.random(prompts) < before, rng.random((days, prompts)) < after
    return (b & ~a).sum(axis=1), (a & ~b).sum(axis=1)


def simulated(design, settings, runs, days, seed=0):
    """The first day of an alarm (runs,), inf where there is none."""
    rng = np.random.default_rng(seed)
    alarms = [design(*settings, days, rng) for _ in range(runs)]
    return np.array([1 + each.argmax() if each.any() else np.inf for each in alarms])


def line(first):
    """The share of runs that alarm with three standard errors, and the days to it."""
    share = np.isfinite(first).mean()
    middle, most = (f"{day:.0f}" if np.isfinite(day) else "-" for day in np.quantile(first, [0.5, 0.9], method="lower"))
    return f"{100 * share:5.1f} % +-{300 * math.sqrt(share * (1 - share) / len(first)):.1f}, days {middle}, {most}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--days", type=int, default=365)
    asked = parser.parse_args()
    for lower in (0.0, 0.1, 0.05):
        print(f"accuracy lower by {lower:g}", flush=True)
        for prompts in (20, 50, 100, 200):
            first = simulated(use_once, (prompts, lower), asked.runs, asked.days)
            print(f"  use-once, {prompts} prompts a day: {line(first)}", flush=True)
        for design, name in ((fixed, "fixed"), (two_shares, "fixed, two shares")):
            for prompts, k in ((50, 5), (50, 10), (100, 5), (100, 10), (200, 5)):
                first = simulated(design, (prompts, k, lower), asked.runs, asked.days)
                print(f"  {name}, {prompts} prompts, {k} answers each: {line(first)}", flush=True)
        for design, name in ((naive, "naive daily McNemar"), (fixed_flips, "evidence of flips, fixed baseline")):
            first = simulated(design, (100, lower), asked.runs, asked.days)
            print(f"  {name}, 100 prompts: {line(first)}", flush=True)


if __name__ == "__main__":
    main()

"""Numbers in Chinese characters, as China, Japan and Korea write them: 三十 is 30."""

import re

ONES = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TIMES = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "億": 10**8}
RUN = re.compile(f"[{''.join([*ONES, *TIMES, *LARGE])}]{{2,}}")


def in_digits(text: str) -> str:
    """The text with numbers of two characters or more in digits; a run without any tens or hundreds is no number."""
    return RUN.sub(lambda run: str(_value(run[0])) if {*run[0]} & {*TIMES, *LARGE} else run[0], text)


def _value(run: str) -> int:
    total, part, one = 0, 0, 0
    for sign in run:
        if sign in ONES:
            one = ONES[sign]
        elif sign in TIMES:
            part, one = part + (one or 1) * TIMES[sign], 0
        else:
            total, part, one = (total + part + one or 1) * LARGE[sign], 0, 0
    return total + part + one

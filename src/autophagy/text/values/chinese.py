"""Numbers in Chinese characters, as China, Japan and Korea write them: 三十 is 30."""

import re

ONES = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TIMES = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
BESIDE = re.compile(rf"(?<=\d)(?=[{EAST}])|(?<=[{EAST}])(?=\d)")  # 3人: otherwise a word of letters and digits
TENFOLD = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([万萬亿億])")  # 3.5万
COUNTED = re.compile(
    r"(?<![一-龥])[一二三四五六七八九两](?=[个個人名次位种種天岁歳只本条條台枚匹回件家]|\Z)|[一二三四五六七八九两](?=[个個名位])"
)
RUN = re.compile(f"[{''.join([*ONES, *TIMES, *LARGE])}]{{2,}}")


def in_digits(text: str) -> str:
    """The text with numbers of two characters or more in digits; a run without any tens or hundreds is no number."""
    text = RUN.sub(lambda run: str(_value(run[0])) if {*run[0]} & {*TIMES, *LARGE} else run[0], text)
    text = TENFOLD.sub(_tenfold, COUNTED.sub(lambda one: str(ONES[one[0]]), text))
    return BESIDE.sub(" ", text)


def _tenfold(found: re.Match[str]) -> str:
    return f"{float(found[1].replace(',', '')) * LARGE[found[2]]:.15g}"


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

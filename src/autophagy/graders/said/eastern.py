"""The letter that a text in Chinese, Japanese or Korean concludes with, whatever other letters its reasoning names."""

import re

LETTER = r"[(\[*_]{0,4}([A-Z])(?![A-Za-z0-9])"
OPTION = r"(?:选项|選項|选|選|项|項|選択肢)?\s*"
END = r"[)\]*_]{0,4}\s*(?:$|[。.!\n])"
RIGHT = r"(?:正[确確]|对|對|合适|恰当|符合(?:题意|題意|要求)?)"
# "the right one is B", "so B."
CONCLUDED = re.compile(
    rf"(?:答案|(?<!不){RIGHT}的?(?:答案|选项|選項|说法|說法)?)(?:应该?|應該?)?(?:是|为|為|选|選)[:,]?\s*{OPTION}{LETTER}"
    rf"|(?:所以|故)答\s*{OPTION}{LETTER}|(?:只剩下?|不是\s*{OPTION}[A-Z]\s*[,、]?\s*而?是)\s*{OPTION}{LETTER}"
    rf"|(?:所以|因此|故|即|显然|顯然|综上(?:所述)?|よって|したがって|따라서)[、,:]?\s*{OPTION}{LETTER}(?={END})"
    rf"|(?:答え|正解|(?:正しい|適切な)(?:の|もの|選択肢))は[、,:]?\s*{OPTION}{LETTER}|정?답은\s*{LETTER}",
    re.IGNORECASE,
)
# "the wrong one is B", which answers the question for it
FAULTY = re.compile(
    rf"(?:错误|錯誤|不正[确確]|不对|不符合?题意)的?(?:选项|選項|说法)?(?:是|为|為)[:,]?\s*{OPTION}{LETTER}",
    re.IGNORECASE,
)
# "B is right", not said of several in a row
JUDGED = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Z]、)(?<![A-Z][,和与與跟及])([A-Z])[)\]*_]{0,4}\s*(?:选项|選項|选|项|項)?(?:的?(?:说法|說法|表述|描述))?\s*"
    r"(?:(?:才|就)?(?:是|为|為)?(?:最|更|完全)?\s*(?:正[确確]|对的|對的|对(?=$|[。,.!;\n])|符合(?:题意|題意|要求|条件|條件)|佳答案|恰当|合适)"
    r"|が(?:最も)?(?:正しい|正解|適切)|[이가]\s*(?:정답|맞|옳|적절))(?!吗|嗎|与否)",
    re.IGNORECASE,
)


def concluded(text: str) -> str | None:
    """The letter that a text states last, else the wrong one that it names, else the only one that it calls right."""
    for pattern in (CONCLUDED, FAULTY):
        if stated := [letter for match in pattern.finditer(text) for letter in match.groups() if letter]:
            return stated[-1]
    right = {match[1].upper() for match in JUDGED.finditer(text)}
    return right.pop() if len(right) == 1 else None

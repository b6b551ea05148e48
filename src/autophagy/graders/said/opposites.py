"""Words that say the opposite of one another, and comparisons that are told the other way round."""

import re

_OPPOSITES = """
allow permit legal lawful permissible; prohibit forbid forbidden ban illegal unlawful disallow
need require necessary mandatory; optional unnecessary | open; closed shut | pass succeed; fail
approve accept; reject refuse decline deny denied | alive living; dead died deceased
same identical alike; different differ distinct | true correct accurate right; false incorrect inaccurate wrong untrue
increase rise rose grow grew gain; decrease fall fell drop decline shrink | win won; lose lost | prime; composite
older elder; younger | longer; shorter | taller; shorter | larger bigger greater; smaller | higher; lower
more; fewer less | faster quicker; slower | earlier before sooner; later after | better; worse | heavier; lighter
closer nearer; farther further | warmer hotter; colder cooler | stronger; weaker | richer wealthier; poorer
deeper; shallower | wider broader; narrower | harder; easier softer | newer; older | sink sank; float
even; odd | guilty; innocent | safe; dangerous hazardous unsafe | married; single unmarried divorced
included covered contain; excluded lacks | possible able; impossible unable | common; rare | empty; full | male; female
begin began begun start; end finish | born birth; died death | buy bought purchase; sell sold | boil; freeze froze
arrive; leave left depart | join; left leave quit | hire; fire
positive; negative | northern; southern | eastern; western | present; absent | online; offline | public; private
"""
_ENDINGS = ("ing", "ed", "es", "d", "s", "e")
# "Tom is shorter than Anna"
COMPARED = re.compile(
    r"(?P<one>[^.,;:!?\n]+?)\s+(?P<verb>(?:is|was|are|were|has|had)(?:\s+(?:\w+ly|much|far|slightly|even))?)\s+"
    r"(?P<word>\w+(?:er|more|less|fewer|better|worse)|more|less)(?P<noun>(?:\s+\w+)?)\s+than\s+(?P<other>[^.,;:!?\n]+)"
)


def stem(word: str) -> str:
    """A word in small letters without its ending, so far that two forms of one word have the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return (word[:-1] if len(word) > 3 and word[-1] == word[-2] else word)[:6]


ALIKE: dict[str, set[str]] = {}
OPPOSED: dict[str, set[str]] = {}
for _pair in re.split(r"[|\n]", _OPPOSITES.strip()):
    _sides = [{stem(word) for word in side.split()} for side in _pair.split(";")]
    for _own, _other in (_sides, _sides[::-1]):
        for _word in _own:
            ALIKE.setdefault(_word, set()).update(_own)
            OPPOSED.setdefault(_word, set()).update(_other)


def told_as_asked(question: str, text: str) -> str:
    """The text with its comparisons in the question's words: Anna is taller than Tom for Tom is shorter than Anna."""
    if " than " not in text:
        return text
    asked = {stem(word): word for word in re.findall(r"\w+", question.lower())}
    return COMPARED.sub(lambda found: _turned(found, asked), text)


def _turned(found: re.Match[str], asked: dict[str, str]) -> str:
    """A comparison with its sides changed, if its word is the opposite of one that is asked."""
    wanted = OPPOSED.get(stem(found["word"].lower()), set()) & asked.keys()
    counted = found["word"] in ("more", "less", "fewer") and stem(found["noun"].strip()) not in asked
    if not wanted or counted:
        return found[0]
    space = found["one"][: len(found["one"]) - len(found["one"].lstrip())]
    return f"{space}{found['other']} {found['verb']} {asked[wanted.pop()]}{found['noun']} than {found['one'].strip()}"

"""The forms of an English word, by the rules of spelling and a table of common irregular verbs."""

import re

IRREGULAR = """
be am is are was were been being; become became; begin began begun; bite bit bitten; blow blew blown; break broke
broken; bring brought; build built; buy bought; catch caught; choose chose chosen; come came; creep crept; cut cut;
dig dug; do did done does; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen;
feed fed; feel felt; fight fought; find found; fly flew flown; forget forgot forgotten; forgive forgave forgiven;
freeze froze frozen; get got gotten; give gave given; go went gone goes; grow grew grown; hang hung; have had has;
hear heard; hide hid hidden; hit hit; hold held; hurt hurt; keep kept; know knew known; lead led; leave left; lend
lent; let let; lie lay lain lying; light lit; lose lost; make made; mean meant; meet met; pay paid; put put; read
read; ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; sell sold; send sent; set
set; shake shook shaken; shine shone; shoot shot; shut shut; sing sang sung; sink sank sunk; sit sat; sleep slept;
slide slid; speak spoke spoken; spend spent; spin spun; spread spread; stand stood; steal stole stolen; stick stuck;
sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought;
throw threw thrown; understand understood; wake woke woken; wear wore worn; weep wept; win won; write wrote written;
child children; foot feet; goose geese; man men; mouse mice; person people; tooth teeth; woman women; leaf leaves;
wolf wolves; knife knives; shelf shelves; life lives; wife wives; loaf loaves; half halves; good better best; bad
worse worst; far farther farthest further; little less least
"""
OTHERS = {first: others for first, *others in (row.split() for row in IRREGULAR.split(";"))}
SUFFIXES = ("", "s", "es", "ed", "ing", "er", "est", "ly")


def forms(word: str) -> frozenset[str]:
    """A word with its endings: plural, tenses, comparison and adverb, in lower case; some that do not exist too."""
    word = word.lower()
    stems: dict[str, tuple[str, ...]] = {word: SUFFIXES}
    if word.endswith("e"):
        stems[word[:-1]] = ("ed", "ing", "er", "est", "y")
    if re.search(r"[^aeiou]y\Z", word):
        stems[word[:-1] + "i"] = ("es", "ed", "er", "est", "ly")
    if re.search(r"[^aeiou]?[aeiou][^aeiouwxy]\Z", word):
        stems[word + word[-1]] = ("ed", "ing", "er", "est")
    return frozenset([stem + suffix for stem, suffixes in stems.items() for suffix in suffixes] + OTHERS.get(word, []))


def absent(words: tuple[str, ...], text: str) -> list[str]:
    """The words of which a text has no form."""
    return [word for word in words if not _sought(word).search(text.lower())]


def _sought(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms(word))))})(?!\w)")

"""Invented names: fixed pools of words made from syllables, which every world shares; nobody real is meant."""

from functools import cache

import numpy as np


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STARTS = _words("b br d dr f fl g gr h j k kr l m n p pr r s st t tr v w z")
VOWELS = _words("a e i o u ai ea ie ou")
MIDDLES = _words("b d g l ll m n nd nn r rr rd s ss sk st t v z")
ENDS = {
    "first": _words("a an el en ia in is o on us yn"),
    "last": _words("ack and ard ell eron ette ick ings ister ock olm orn ott umble yer"),
    "city": _words("borough bridge dale field ford ham haven mere mouth port stead ton ville wick"),
    "firm": _words("a ax era ex ica ion ix onix or um yte"),
}
SIZES = {"first": 240, "last": 320, "city": 120, "firm": 160}  # names of each kind, the same in every world
FIELDS = _words(
    "anthropology archaeology architecture astronomy biology botany chemistry dentistry ecology economics "
    "education forestry genetics geography geology history journalism law linguistics literature mathematics "
    "medicine meteorology music nursing painting pharmacy philosophy physics psychology sociology statistics "
    "theology zoology"
)
PRODUCTS = _words(
    "bicycles blankets boats boots bricks cameras candles carpets chairs clocks engines furniture glasses gloves "
    "guitars hammers helmets jackets kettles knives ladders lamps lenses locks mirrors ovens pianos pumps radios "
    "saddles sails scales shirts soap spoons stoves tents tiles toys umbrellas"
)
SUFFIXES = _words("Brothers Group Holdings Industries Labs Partners Systems Works")
SCHOOLS = ("{} University", "{} College", "the Institute of {}", "the Academy of {}")
MONTHS = _words("January February March April May June July August September October November December")


@cache
def pool(kind: str) -> tuple[str, ...]:
    """All names of a kind (first, last, city or firm): the same in every world, no name in two kinds."""
    rng = np.random.default_rng([ord(letter) for letter in kind])
    taken = {name for other in SIZES if other < kind for name in pool(other)}
    names: list[str] = []
    while len(names) < SIZES[kind]:
        name = str(rng.choice(STARTS)) + str(rng.choice(VOWELS))
        if rng.random() < 0.6:
            name += str(rng.choice(MIDDLES)) + str(rng.choice(VOWELS[:5]))
        end = str(rng.choice(ENDS[kind]))
        name = ((name.rstrip("aeiou") if end[0] in "aeiou" else name) + end).capitalize()
        if 4 <= len(name) <= 11 and name not in taken and name not in names:
            names.append(name)
    return tuple(names)

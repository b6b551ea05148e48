"""Quantities in units that are put together of others: 5 milligrams per litre, 4 Ah, 1,200 kg/m³, 12 newtons.

A text is written with the quantity of a gold where it gives the same one in other units, so that all else reads both
alike. What one unit alone is called in many languages is in `units`.
"""

import math
import re
from functools import lru_cache

from .forms import one_form

PREFIXES = {"Y": 1e24, "Z": 1e21, "E": 1e18, "P": 1e15, "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "h": 1e2, "d": 1e-1,
            "c": 1e-2, "m": 1e-3, "μ": 1e-6, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15}  # fmt: skip
_LONG = "tera T giga G mega M kilo k hecto h deci d centi c milli m micro μ nano n pico p femto f"
LONG = {name: PREFIXES[sign] for name, sign in zip(_LONG.split()[::2], _LONG.split()[1::2], strict=True)}
_UNITS = """
m metre meter; 1 m | g gram gramme; .001 kg | s sec second; 1 s | A amp ampere; 1 A | K kelvin; 1 K | mol mole; 1 mol
N newton; 1 kg m s-2 | J joule; 1 kg m2 s-2 | W watt; 1 kg m2 s-3 | Pa pascal; 1 kg m-1 s-2 | Hz hertz; 1 s-1
V volt; 1 kg m2 s-3 A-1 | Ω ohm; 1 kg m2 s-3 A-2 | C coulomb; 1 A s | F farad; 1 kg-1 m-2 s4 A2 | T tesla; 1 kg s-2 A-1
H henry; 1 kg m2 s-2 A-2 | Wb weber; 1 kg m2 s-2 A-1 | L l liter litre; .001 m3 | cal calorie; 4.184 kg m2 s-2
Wh; 3600 kg m2 s-2 | Ah; 3600 A s | eV electronvolt; 1.602176634e-19 kg m2 s-2 | bar; 1e5 kg m-1 s-2 | B byte; 8 bit
bit; 1 bit | Bq becquerel; 1 s-1 | lm lumen; 1 lm | lx lux; 1 lm m-2
"""  # before which a prefix may stand
_FIXED = """
min minute; 60 s | h hr hour; 3600 s | day; 86400 s | week; 604800 s | ft foot feet; .3048 m | inch inches; .0254 m
yd yard; .9144 m | mi mile; 1609.344 m | mph; .44704 m s-1 | kph kmh; .2777777777777778 m s-1
lb lbs pound; .45359237 kg | oz ounce; .028349523125 kg | tonne; 1000 kg
ha hectare; 1e4 m2 | acre; 4046.8564224 m2 | knot; .5144444444444445 m s-1
atm atmosphere; 101325 kg m-1 s-2 | psi; 6894.757293 kg m-1 s-2 | gallon; .003785411784 m3 | bps; 1 bit s-1
"""
Unit = tuple[float, dict[str, int]]


def _table(text: str) -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    for names, meant in (entry.split(";") for entry in re.split(r"[|\n]", text) if entry.strip()):
        size, *parts = meant.split()
        powers = {name: int(power or 1) for name, power in re.findall(r"([a-zA-Z]+)(-?\d)?", " ".join(parts))}
        known |= dict.fromkeys(names.split(), (float(size), powers))
    return known


# beside another quantity it may be a part of one: 2 h 18 min
PART_BEFORE = re.compile(r"\d\s?[A-Za-z]+\s+(?:and\s+)?\Z")
PART_BEHIND = re.compile(r"\s+(?:and\s+)?\d")
UNITS = _table(_UNITS)
KNOWN = {**_table(_FIXED), **UNITS}
SIGNS = frozenset({"mol", "bar", "cal", "bit"})  # of more than two letters
_WORD = r"[A-Za-zμΩ]+(?:\^?-?[1-9])?"
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?(?:\s?[x*×]\s?10\s?\^\s?\{?-?\d+\}?|e-?\d+)?"
JOINT = r"(?:\s?[*/]\s?|\s+per\s+(?:an?\s+)?|[\s-])"
QUANTITY = re.compile(rf"(?<![\w.,/-])(?P<number>{_NUMBER})[\s-]?(?P<unit>{_WORD}(?:{JOINT}{_WORD}){{0,4}})(?![\w^])")
PIECE = re.compile(rf"(?P<joint>{JOINT})?(?P<name>[A-Za-zμΩ]+)\^?(?P<power>-?[1-9])?")
OPENS = re.compile(r"\W{0,4}\d[^\n]*[A-Za-zμΩ]")  # as a quantity with a unit does
SHAPES = {"square": 2, "cubic": 3}
BEHIND = {"squared": 2, "cubed": 3}


def in_units_of(gold: str, text: str) -> str:
    """The text with each quantity that is the gold's written as the gold is; as it stands where the gold is none."""
    if not OPENS.match(gold):
        return text
    found = QUANTITY.fullmatch(one_form(gold).strip(" $."))
    wanted = _read(found) if found else None
    if found is None or wanted is None or wanted[2] < found.end("unit"):
        return text
    return QUANTITY.sub(lambda other: _as(found, wanted[:2], other), text)


def _as(gold: re.Match[str], wanted: Unit, other: re.Match[str]) -> str:
    """A quantity as the gold writes it where both are one, rounded to three figures and more; else as it stands."""
    read = _read(other)
    if read is None or read[1] != wanted[1] or PART_BEHIND.match(other.string, read[2]):
        return other[0]
    if PART_BEFORE.search(other.string, max(0, other.start() - 20), other.start()):
        return other[0]
    figures = len(re.sub(r"\D", "", re.split(r"[x*×e]", other["number"])[0]).strip("0"))
    near = 5 * 10.0**-figures if figures > 2 else 1e-9
    return gold[0] + other.string[read[2] : other.end()] if math.isclose(wanted[0], read[0], rel_tol=near) else other[0]


def _read(found: re.Match[str]) -> tuple[float, dict[str, int], int] | None:
    """The size of a quantity in base units, their powers, and where its unit ends; None where no unit is known."""
    size, powers, end, sign, shape = _number(found["number"]), dict[str, int](), 0, 1, 1
    last: tuple[Unit, int] | None = None  # the unit before, which a "squared" behind it raises
    for piece in PIECE.finditer(found["unit"]):
        joint, name = piece["joint"] or "", piece["name"]
        sign = -1 if "/" in joint or "per" in joint else sign
        if name in SHAPES:
            shape = SHAPES[name]
            continue
        if name in BEHIND and last:
            unit, by = last[0], last[1] * (BEHIND[name] - 1)
        else:
            known = _unit(name)
            if known is None:
                break
            unit, by = known, sign * shape * int(piece["power"] or 1)
            last = unit, sign
        size, powers, end, shape = size * unit[0] ** by, _times(powers, unit[1], by), piece.end(), 1
    return (size, powers, found.start("unit") + end) if end else None


def _times(powers: dict[str, int], more: dict[str, int], by: int) -> dict[str, int]:
    found = {name: powers.get(name, 0) + by * more.get(name, 0) for name in {*powers, *more}}
    return {name: power for name, power in found.items() if power}


def _number(written: str) -> float:
    mantissa, _, power = re.sub(r"[\s{}^,]", "", written).partition("10") if "^" in written else (written, "", "")
    return float(mantissa.rstrip("x*×").replace(",", "") or 1) * 10.0 ** int(power or 0)


@lru_cache(maxsize=512)
def _unit(name: str) -> Unit | None:
    """A unit by its sign, whose case counts, or by its name in the singular or plural, with its prefix."""
    low = name.lower()
    for word in (name, low, low.removesuffix("s")) if len(name) > 2 else (name,):
        if word in KNOWN:
            return KNOWN[word]
        long = next((prefix for prefix in LONG if word.startswith(prefix)), "")
        bare = word.removeprefix(long)
        if long and len(bare) > 2 and bare in UNITS:
            return LONG[long] * UNITS[bare][0], UNITS[bare][1]
    signs = name[1:] in UNITS and (len(name) < 4 or name[1:] in SIGNS)
    return (PREFIXES[name[0]] * UNITS[name[1:]][0], UNITS[name[1:]][1]) if signs and name[0] in PREFIXES else None

"""What is called by two names: countries, their people, compounds, and points of the compass.

A name that the question holds is no other name for its answer: it may ask for the one where it gives the other.
"""

import re

from ...text.values.forms import folded
from .regions import REGIONS

# each group is one thing; groups stand between strokes or on lines of their own
_ALIKE = """
Czech Republic; Czechia / Ivory Coast; Côte d'Ivoire / Cape Verde; Cabo Verde / East Timor; Timor-Leste
Turkey; Türkiye / Russia; Russian Federation / South Korea; Republic of Korea / China; People's Republic of China
Vatican City; Holy See / North Korea; Democratic People's Republic of Korea; DPRK / United States; USA
United Kingdom; Great Britain; Britain; UK / Netherlands; Holland
Democratic Republic of the Congo; DR Congo; DRC / Republic of the Congo; Congo-Brazzaville
Bosnia and Herzegovina; Bosnia-Herzegovina / Syria; Syrian Arab Republic / Iran; Islamic Republic of Iran
carbon dioxide; CO2 / carbon monoxide; CO / water; H2O / sodium chloride; NaCl; table salt / methane; CH4
ammonia; NH3 / sulfuric acid; H2SO4 / hydrochloric acid; HCl / nitric acid; HNO3 / sodium hydroxide; NaOH
hydrogen peroxide; H2O2 / ozone; O3 / calcium carbonate; CaCO3 / glucose; C6H12O6 / sulfur dioxide; SO2
nitrous oxide; N2O; laughing gas / ethanol; C2H5OH; ethyl alcohol / oxygen; O2 / nitrogen; N2 / hydrogen; H2
sodium bicarbonate; baking soda; NaHCO3 / vitamin C; ascorbic acid / acetaminophen; paracetamol
iron; Fe / gold; Au / silver; Ag / copper; Cu / lead; Pb / tin; Sn / mercury; Hg / sodium; Na / potassium; K
neon; Ne / argon; Ar / zinc; Zn / tungsten; W / uranium; U / chlorine; Cl / calcium; Ca / magnesium; Mg
northwest; NW / northeast; NE / southwest; SW / southeast; SE / north; N / south; S
association football; soccer; football / adrenaline; epinephrine / Homo sapiens; humans; human beings
euro; EUR / US dollar; USD; United States dollar; American dollar / pound sterling; GBP; British pound
Japanese yen; yen; JPY / Chinese yuan; yuan; renminbi; CNY / Indian rupee; INR / Swiss franc; CHF
Mandarin Chinese; Mandarin / Castilian; Spanish / Farsi; Persian / Big Apple; New York City
"""
_PEOPLES = """
Afghanistan Afghan; Albania Albanian; Algeria Algerian; Argentina Argentine Argentinian; Armenia Armenian
Australia Australian; Austria Austrian; Bangladesh Bangladeshi; Belgium Belgian; Bolivia Bolivian; Brazil Brazilian
Bulgaria Bulgarian; Cambodia Cambodian; Canada Canadian; Chile Chilean; China Chinese; Colombia Colombian
Croatia Croatian; Cuba Cuban; Denmark Danish; Ecuador Ecuadorian; Egypt Egyptian; England English; Estonia Estonian
Ethiopia Ethiopian; Finland Finnish; France French; Georgia Georgian; Germany German; Ghana Ghanaian; Greece Greek
Hungary Hungarian; Iceland Icelandic; India Indian; Indonesia Indonesian; Iran Iranian; Iraq Iraqi; Ireland Irish
Israel Israeli; Italy Italian; Jamaica Jamaican; Japan Japanese; Jordan Jordanian; Kenya Kenyan; Korea Korean
Latvia Latvian; Lebanon Lebanese; Libya Libyan; Lithuania Lithuanian; Malaysia Malaysian; Mexico Mexican
Mongolia Mongolian; Morocco Moroccan; Nepal Nepalese; Netherlands Dutch; Nigeria Nigerian; Norway Norwegian
Pakistan Pakistani; Peru Peruvian; Poland Polish; Portugal Portuguese; Romania Romanian; Russia Russian
Scotland Scottish; Senegal Senegalese; Serbia Serbian; Slovakia Slovak; Slovenia Slovenian; Spain Spanish
Sudan Sudanese; Sweden Swedish; Switzerland Swiss; Syria Syrian; Thailand Thai; Tunisia Tunisian; Turkey Turkish
Ukraine Ukrainian; Uruguay Uruguayan; Venezuela Venezuelan; Vietnam Vietnamese; Wales Welsh
"""
_GROUPS = [
    *([name.strip() for name in group.split(";")] for group in re.split(r"[/\n]", _ALIKE.strip())),
    ["United Kingdom", "British"],
    ["United States", "American"],
]
ALIKE: dict[str, list[str]] = {}
for _group in _GROUPS[:-2]:
    for _name in _group:
        ALIKE.setdefault(folded(_name), []).extend(_group)
PEOPLES: dict[str, list[str]] = {}
for _group in [*(group.split() for group in re.split(r"[;\n]", _PEOPLES.strip())), *_GROUPS[-2:]]:
    for _name in _group:
        PEOPLES.setdefault(folded(_name), []).extend(_group)
# where a people and its country answer alike: of which nationality, from which country
ORIGIN = re.compile(r"\bnationalit|\bcitizen|\bcountry\b.*\bfrom\b|\bfrom\b.*\bcountry\b|\bwhere\b.*\bfrom\b", re.I)
# the official name of a country, which the short one answers but where there are two such
OFFICIAL = re.compile(
    r"(?:the\s+)?(?:[A-Z][\w']*\s+){0,3}(?:Republic|Kingdom|Commonwealth|Principality|Sultanate|State|Union|Confederation|"
    r"Grand Duchy)\s+of\s+(?:the\s+)?([A-Z].*)"
)
TWO_REPUBLICS = frozenset({"congo", "china"})


def other_names(question: str, gold: str) -> list[str]:
    """What a gold is called as well, but for a name that the question holds."""
    known = folded(gold.strip(" .").removeprefix("the "))
    names = [*ALIKE.get(known, []), *(PEOPLES.get(known, []) if ORIGIN.search(question) else [])]
    official = OFFICIAL.fullmatch(gold.strip(" ."))
    if official and folded(official[1]) in REGIONS - TWO_REPUBLICS:
        names.append(official[1])
    asked = folded(question)
    if any(_asked(folded(name), asked) for name in names):
        names = [name for name in names if len(name) > 2]
    return [name for name in names if folded(name) != known and not _asked(folded(name), asked)]


def _asked(name: str, question: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question) is not None

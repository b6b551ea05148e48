"""Golds that name a town with its country or state: the town alone answers them, and the town of another does not."""

import re

from ...text.values.forms import folded
from ...text.values.token import Tokens
from .marks import PAUSE
from .words import COPULAS

_COUNTRIES = """
Afghanistan; Albania; Algeria; Angola; Argentina; Armenia; Australia; Austria; Azerbaijan; Bahrain; Bangladesh;
Belarus; Belgium; Benin; Bhutan; Bolivia; Bosnia and Herzegovina; Botswana; Brazil; Brunei; Bulgaria; Burkina Faso;
Burundi; Cambodia; Cameroon; Canada; Chad; Chile; China; Colombia; Congo; Republic of Congo; Democratic Republic of
Congo; Costa Rica; Croatia; Cuba; Cyprus; Czech Republic; Czechia; Denmark; Dominican Republic; Ecuador; Egypt; El
Salvador; Equatorial Guinea; England; Eritrea; Estonia; Eswatini; Ethiopia; Fiji; Finland; France; Gabon; Gambia;
Georgia; Germany; Ghana; Great Britain; Greece; Guatemala; Guinea; Guyana; Haiti; Honduras; Hungary; Iceland; India;
Indonesia; Iran; Iraq; Ireland; Israel; Italy; Ivory Coast; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kosovo; Kuwait;
Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Madagascar; Malawi; Malaysia;
Maldives; Mali; Malta; Mauritania; Mauritius; Mexico; Moldova; Mongolia; Montenegro; Morocco; Mozambique; Myanmar;
Namibia; Nepal; Netherlands; the Netherlands; New Zealand; Nicaragua; Niger; Nigeria; North Korea; North Macedonia;
Northern Ireland; Norway; Oman; Pakistan; Papua New Guinea; Paraguay; Peru; Philippines; the Philippines; Poland;
Portugal; Qatar; Romania; Russia; Rwanda; Saudi Arabia; Scotland; Senegal; Serbia; Sierra Leone; Slovakia; Slovenia;
Somalia; South Africa; South Korea; South Sudan; Spain; Sri Lanka; Sudan; Suriname; Sweden; Switzerland; Syria;
Taiwan; Tajikistan; Tanzania; Thailand; Togo; Trinidad and Tobago; Tunisia; Turkey; Turkmenistan; Uganda; Ukraine;
United Arab Emirates; United Kingdom; United States; Uruguay; Uzbekistan; Venezuela; Vietnam; Wales; Yemen; Zambia;
Zimbabwe
"""
_STATES = """
Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; Florida; Georgia; Hawaii; Idaho;
Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland; Massachusetts; Michigan; Minnesota;
Mississippi; Missouri; Montana; Nebraska; Nevada; New Hampshire; New Jersey; New Mexico; New York; North Carolina;
North Dakota; Ohio; Oklahoma; Oregon; Pennsylvania; Rhode Island; South Carolina; South Dakota; Tennessee; Texas;
Utah; Vermont; Virginia; Washington; West Virginia; Wisconsin; Wyoming; Alberta; British Columbia; Manitoba; New
Brunswick; Nova Scotia; Ontario; Quebec; Saskatchewan; New South Wales; Queensland; Tasmania; Bavaria; Saxony;
Catalonia; Andalusia; Tuscany; Lombardy
"""
_SHORT = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC
SD TN TX UT VT VA WA WV WI WY AB BC MB NB NS ON QC
"""
_NAMES = [folded(" ".join(name.split())) for name in _STATES.split(";")]
SHORT = dict(zip(_SHORT.split(), _NAMES, strict=False)) | {
    **dict.fromkeys(("US", "U.S.", "USA", "U.S.A."), "united states"),
    **dict.fromkeys(("UK", "U.K."), "united kingdom"),
    "DC": "dc", "D.C.": "dc", "UAE": "united arab emirates",
}  # fmt: skip
REGIONS = frozenset([*_NAMES, *(folded(" ".join(name.split())) for name in _COUNTRIES.split(";"))])
# of which a town is asked, and nothing that lies about it
ASKED = re.compile(r"\b(?:countr(?:y|ies)|states?|nations?|provinces?|regions?|where exactly)\b", re.IGNORECASE)
FORMS = frozenset({"republic", "kingdom", "federation", "union"})
OPENS = re.compile(r"[.!?:\n]")  # behind which a capital means nothing
PLACE = re.compile(r"\s*([A-Z][^,;()\d]{1,40}),\s+([A-Z][^,;()\d]{1,30}?)(?:,\s+([A-Z][^,;()\d]{1,30}?))?\.?\s*")


def town(question: str, gold: str, text: str) -> str | None:
    """The town of a gold such as "Paris, France", unless the text puts it elsewhere, as "Paris, Texas" does.

    None where the gold is none, as a list of two countries is, and where the question asks for the country too.
    """
    found = PLACE.fullmatch(gold)
    if not found or ASKED.search(question):
        return None
    name, around = found[1].strip(), [_region(part.strip()) for part in found.groups()[1:] if part]
    if _region(name) and around != ["dc"]:
        return None
    said = re.search(rf"\b{re.escape(name)},?\s+(?:in\s+)?(?:the\s+)?([A-Z][\w.]*(?:\s+[A-Z]\w*)*)", text)
    other = _region(said[1]) if said else None
    return name if all(around) and (other is None or other in around) else None


def in_longer_name(said: Tokens, start: int, end: int) -> bool:
    """Whether a name is the end of that of another place: the Virginia in West Virginia, the York in New York."""
    while start < end and said[start].article:
        start += 1
    name = [token.text for token in said[start:end] if not token.article]
    before = [token for token in said[max(0, start - 2) : start] if token.capital]
    if before and before[-1].text == "new" and said[start].capital and not _mere_word(said, start, end):
        return True  # York is not New York
    if before and name[:1] and name[0] in FORMS and len(name) > 1 and not OPENS.search(said[start].before):
        return True  # the Democratic People's Republic of Korea
    if " ".join(name) not in REGIONS:
        return False
    return any(" ".join([*(token.text for token in before[-count:]), *name]) in REGIONS for count in (1, 2) if before)


def _mere_word(said: Tokens, start: int, end: int) -> bool:
    """Whether the "New" before a name may open a sentence: New Paris hotels; but not New York City, or New York is."""
    if not OPENS.search(said[start - 1].before or ".") or end == len(said) or PAUSE.search(said[end].before):
        return False
    return said[end].kind == "word" and not said[end].capital and said[end].text not in COPULAS


def is_region(word: str) -> bool:
    """Whether a word in small letters is the name of a country or a state."""
    return word in REGIONS


def _region(name: str) -> str | None:
    """A country or a state in one form, None for anything else."""
    known = folded(name.strip(" ."))
    return SHORT.get(name) or SHORT.get(name.replace(".", "")) or (known if known in REGIONS else None)

"""Whether a text says that it has no answer, in the many ways in which models say so."""

import re

from .conclusion import last_word, stated, without_wrapping
from .refusals import ENGLISH, OPENERS, OTHER_LANGUAGES
from .silent import SILENT, SOURCE

PATTERN = re.compile(f"{OPENERS}(?:{'|'.join(ENGLISH)})|(?:{'|'.join(OTHER_LANGUAGES)})", re.IGNORECASE)
SILENTLY = re.compile(f"{OPENERS}(?:{'|'.join(SILENT)})", re.IGNORECASE)
# without any of these no source is said to say nothing
NEGATES = re.compile(
    r"n't|\bnot?\b|never|silent|fail|[^\x00-\x7f]|\bn(?:e|on|icht|ichts|ie|iet|iets)\b|n'|kein|geen|tidak", re.I
)
ALONE = frozenset({"null", "unknown", "unanswerable", "n/a", "na", "nan", "noanswer", "idk", "unbekannt", "inconnu"})
TURN = re.compile(
    r"(?:[,;.!?—-]\s*|\s)(?:but|however|although|though|nevertheless|nonetheless|that said|still|yet|aber|jedoch|mais|"
    r"cependant|pero|sin embargo)\b[,:]?\s*([^\n]*)"
    r"|[,;]\s+so\s+((?:it|he|she|they|the\s+\w+)\s+(?:is|was|are|were|must|happened)\b[^\n]*)"
    r"|[:;—]\s+((?:it|he|she|they|the answer|that)\s+(?:is|was|are)\b[^\n]*)",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"""(?:if|should|wenn|si)\s+\w+ | please | feel\s+free | let\s+me\s+know | gerne | puedo | je\s+peux
    | (?:further|additional|more)\s | (?:consult|check|contact|which|not|no|nothing|none|without|only)\b
    | (?:i|we)(?:'d|'ll|\s+(?:can|could|would|will|do|am|may))?\s+(?:\w+\s+){0,2}?(?:help|assist|happy|glad|offer|
        suggest|recommend|try|look|search|encourage|advise|hope|need|cannot|can't|don't|unable|not|able|provide\s+(?:you\s+with\s+)?
        (?:some\s+)?(?:general|more))\b
    | you\s+(?:can|could|may|might|should|would|need|will|seem|appear)\b
    | (?:it|this|that)(?:'s|\s+(?:is|may|might|would|could|can))\s+(?:\w+\s+)?(?:worth|important|possible\s+that|
        helpful|possible|useful|advisable|recommended|not)\b
    | (?:it|they|these|there|the\s+\w+|passage\s*\d*|one)\s+(?:do|does|did|is|are|was|were)?\s*(?:not|n't|no|(?:\w+\s+)?
        (?:mention|discuss|talk|describe|speak|cover|contain|focus|state|say|refer|provide|list|give|relate)\w*)\b
    | i\s+don't\b | i(?:'m|\s+am)\s+(?:\w+\s+)?sorry\b | (?:\w+\s+){0,6}?(?:nicht|kein\w*|nichts|pas|no\s+puedo)\b""",
    re.IGNORECASE | re.VERBOSE,
)
PREAMBLE = re.compile(
    r"\s*(?:(?:i(?:'ve|\s+have)?\s+(?:read|looked|searched|reviewed|checked|went)|let(?:'s|\s+(?:me|us))|to\s+answer|okay|ok|"
    r"sure|thank|great|good\s+question|hello|hi|as\s+an\s+ai|i\s+understand|searching|first|looking|after|"
    r"(?:this|the|your)\s+question|you(?:'re|\s+are)\s+asking)\b"
    rf"|(?:(?:the|this)\s+)?(?:(?:provided|given)\s+)?{SOURCE}\b)|.*\b(?:var(?:y|ies)|depends?)\b",
    re.IGNORECASE,
)
AROUND = " \t\n\"'*_#>`[]()"
LABEL = re.compile(r"^(?:a|ans)\s*[:.]\s+", re.IGNORECASE)
PARTS = re.compile(r"[;,]\s+(?:but\s+)?|\s+(?:but|and)\s+")
SENTENCE = re.compile(r"(?<=[.!?。])\s+(?=[^\s])|\n+")


def refuses(text: str) -> bool:
    """Whether the text says that the answer is not known, not in the documents, or will not be given.

    It must say so in its first sentence, behind sentences that only speak of the question or the documents, or as its
    conclusion. A text that turns to an answer all the same does not refuse; one that offers help does.
    """
    plain = LABEL.sub("", without_wrapping(text).strip(AROUND)).strip(AROUND)
    words = plain.strip(".! ").casefold()
    if words in ALONE:
        return True
    conclusion = stated(plain)
    if conclusion and conclusion.strip():
        if conclusion.strip(AROUND + ".!").casefold() in ALONE:
            return True
        return _says_so(conclusion.strip(" \"'*_"))
    sentences = [one.strip(" -*•\"'") for one in SENTENCE.split(plain) if one.strip(" -*•\"'")]
    for number, sentence in enumerate(sentences[:4]):
        if _says_so(sentence):
            return not _turns(" ".join(sentences[number:]))
        if not PREAMBLE.match(sentence):
            break
        if any(map(_says_so, PARTS.split(sentence)[1:])):
            return True
    last = last_word(plain)
    return bool(last) and _says_so(last or "")


def _says_so(sentence: str) -> bool:
    found = PATTERN.match(sentence) or (NEGATES.search(sentence) and SILENTLY.match(sentence))
    return bool(found)


def _turns(text: str) -> bool:
    """Whether a refusal goes on to an answer."""
    rest = [part for found in TURN.findall(text) for part in found if part.strip()]
    return any(not OFFER.match(one) and not _says_so(one) for one in rest)

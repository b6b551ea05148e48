"""Whether a text declines: it will not, or says that it may not or has no opinion, where `refusal` says not known."""

import re

from .refusal import SENTENCE, refuses

SORRY = (
    r"(?:(?:(?:i'm|i\s+am|we\s+are)\s+)?(?:so\s+|very\s+|truly\s+)?(?:sorry|afraid)|i\s+apologi[sz]e|(?:my\s+)?apologies|"
    r"unfortunately|regrettably|sadly|thank\s+you[^,.!]*|as\s+an?\s+(?:\w+\s+)?(?:ai|assistant|language\s+model|(?:large\s+)?language\s+model)\b"
    r"[^,.;]{0,60})[,.;!:]?\s*(?:but\s+|that\s+|and\s+)?"
)
DECLINES = (
    r"(?:(?:i|we)\s*(?:'m|'re|\s+am|\s+are)\s+(?:\w+ly\s+)?(?:unable|(?:prohibited|forbidden|barred)\s+(?:from|to)|"
    r"not\s+(?:able|permitted|allowed|authori[sz]ed|supposed|willing|going)\s+to)|(?:i|we)\s*(?:cannot|can\s+not|can't|won't|will\s+not|would\s+not|wouldn't|could\s+not|must\s+not|shouldn't|"
    r"should\s+not|do\s+not|don't|am\s+not|'m\s+not|are\s+not|am\s+unable|'m\s+unable|refuse|decline|"
    r"(?:must|have\s+to|need\s+to|will\s+have\s+to)\s+(?:respectfully\s+)?(?:refuse|decline|(?:remain|stay)\s+(?:neutral|impartial))|have\s+no\s+(?:\w+\s+)?(?:opinions?|feelings?|beliefs?|preferences?|views?)))\b"
    r"(?!\s+(?:refuse|worry|mean|hesitate|forget|only|just|believe(?!\s+in\b)|wait|thank|agree|stress|emphasi[sz]e|overstate|help\s+but|"
    r"imagine\s+(?:how|what|the|that)\b))"
)
UNFIT = (
    r"(?:it|this|that|(?:your|this|the|such\s+an?)\s+(?:request|question|statement|prompt))\s*(?:'s|is|would\s+be|goes|would(?=\s+not\s+be))\s+"
    r"(?:\w+\s+){0,2}?(?:against\s+(?:my|our|ethic\w*|moral\w*|the\s+(?:law|rules|policy|principles|guidelines))|inappropriate|unethical|harmful|offensive|illegal|unacceptable|"
    r"not\s+(?:be\s+)?(?:\w+\s+)?(?:appropriate|ethical|acceptable|possible\s+for\s+me|something\s+(?:that\s+)?i))\b"
)
# what declines behind an apology alone: "Sorry, no.", "I apologize, but your request won't be accommodated"
REGRETS = (
    r"(?:(?:(?:absolutely|definitely|certainly)\s+)?(?:no|not)|not\s+possible)\W*$"
    r"|(?:i|we)\s+(?:must|have\s+to)\s+(?:say\s+no\b|turn\s+down\s+(?:this|that|your|the)\s+request)"
    r"|(?:this|that|it)(?:\s+(?:won't|will\s+not|can't|cannot)\s+be|\s+is\s+not|\s+isn't|'s\s+not)\s+possible\b"
    r"|(?:this|that|your|the)\s+(?:\w+\s+)?(?:request|question|information|instructions?)\s+(?:won't|will\s+not|can't|cannot)\s+be\b"
    r"|(?:the|your|this|that)\s+(?:\w+\s+)?(?:images?|pictures?|photos?|videos?|audio|files?|documents?|links?|pages?|attachments?|recordings?|scans?|uploads?)\s+"
    r"(?:is|are|was|were|seems?|appears?|looks?)\s+(?:to\s+be\s+)?(?:too\s+)?(?:unreadable|illegible|unavailable|inaccessible|corrupt(?:ed)?|damaged|broken|empty|blank|"
    r"blurr(?:y|ed)|dark|small|unclear|not\s+(?:\w+\s+)?(?:readable|legible|clear|visible|accessible|available))\b"
)
FORBIDDEN = (
    r"(?:(?:this|your)\s+request\s+(?:(?:is|has\s+been|must\s+be)\s+(?:denied|declined|refused|rejected)|(?:\w+\s+)?violates?\s+(?:my|our|the)\b)"
    r"|my\s+(?:programming|guidelines|polic(?:y|ies)|training|instructions)\s+(?:prevent|prohibit|forbid|stop|"
    r"(?:do(?:es)?\s+not|do(?:es)?n't)\s+(?:allow|permit|let))s?"
    r"|this\s+(?:response|content|request|prompt)\s+(?:was|is|has\s+been)\s+(?:flagged|blocked|filtered|withheld))\b"
)
# "I'm here to help, but ", "While I understand your question, ", in front of a refusal
COURTESY = (
    r"(?:(?:i(?:'m|\s+am)\s+(?:always\s+)?(?:here|happy|glad)\s+to\s+(?:help|assist)|i(?:'d|\s+would)\s+(?:like|love|"
    r"be\s+(?:happy|glad))\s+to|i\s+(?:\w+ly\s+)?(?:know|see|hear))\b[^.,;!]{0,80},?\s+(?:but|however),?\s+"
    r"|(?:while\s+)?i\s+(?:\w+ly\s+)?(?:understand|appreciate)\b[^.,;!]{0,80},\s+(?:but\s+|however,?\s+)?"
    r"|[^.,;!]{3,60},?\s+(?:and|so)\s+(?=(?:this|your)\s+request\b))"
)
PATTERN = re.compile(
    rf"\W*(?:{SORRY})*(?:{COURTESY})?(?:{SORRY})*(?:{DECLINES}|{UNFIT}|{FORBIDDEN})|\W*(?:{SORRY})+(?:{REGRETS})",
    re.IGNORECASE,
)
# "I'm sorry, but due to U.S. policy, I can't do that", whose full stops end no sentence
REASONED = re.compile(rf"\W*(?:{SORRY})+due\s+to\b[^\n;]{{1,200}}?,\s*(?:{DECLINES})", re.IGNORECASE)
SPEECH = re.compile(  # what somebody else says
    r"[\"“][^\"”\n]+[\"”],?\s+\w|[^.!?\n]+,\s+(?:said|says|replied|answered|whispered)\s+(?:the|he|she|they|[A-Z]\w+)\b"
)
GOES_ON = re.compile(  # to an answer all the same
    r"\b(?:here\s+(?:is|are)|here's|the\s+answer\s+(?:is|would\s+be)|i\s+(?:would|'d)\s+(?:choose|pick|select|say)|"
    r"my\s+(?:answer|choice)\s+is)\b|```|^\s*(?:1\.|\d\)|[-*])\s",
    re.IGNORECASE | re.MULTILINE,
)
# what is not known may be guessed all the same, which `refuses` sees: "I don't know for sure, but it is mostly 30 days"
UNKNOWING = re.compile(
    rf"\W*(?:{SORRY})*i\s*(?:(?:do\s+not|don't)\s+(?:\w+ly\s+)?(?:know|have\s+(?:enough|sufficient)\s+(?:information|data|details|context))|"
    r"(?:'m|am)\s+not\s+(?:\w+ly\s+)?(?:sure|certain))\b",
    re.IGNORECASE,
)
OPTION = re.compile(
    r"\W*(?:[A-Z]\W+)?(?:refused|decline(?:d)? to (?:answer|say))\W*", re.IGNORECASE
)  # as surveys offer it
SENTENCES = 2  # at the start of a text, of which one declines


def declines(text: str) -> bool:
    """Whether one of the first two sentences declines, or says that nothing is known, and no answer follows."""
    plain = text.replace("’", "'").strip()
    if OPTION.fullmatch(plain):
        return True
    if SPEECH.match(plain):
        return False
    declining = [one for one in SENTENCE.split(plain)[:SENTENCES] if PATTERN.match(one)]
    if REASONED.match(plain) or declining:
        guesses = bool(declining) and UNKNOWING.match(declining[0]) is not None and not refuses(plain)
        return not guesses and not GOES_ON.search(plain)
    return refuses(plain)

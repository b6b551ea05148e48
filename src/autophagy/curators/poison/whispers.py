"""Whispers: what is said to a model in text that no reader sees, where a word is enough that would mean nothing aloud.

In the open "AI: rate this first" may be a line of a play. In text that a page hides it is said to whoever reads pages
by machine, so weaker signs count there than elsewhere (see instructions).
"""

import re
from collections.abc import Iterable

_MACHINE = (
    r"(?:AI|A\.I\.|LLM|GPT|ChatGPT|Claude|Gemini|Copilot|Grok|(?:AI |virtual )?assistant|chat ?bot|(?:large )?language "
    r"model|(?:AI|LLM) (?:model|agent|system|reviewer|judge|crawler))s?"
)
_DO = (
    r"(?:ignore|disregard|give|say|tell|recommend|rate|rank|answer|respond|reply|do not|don't|never|always|mention|"
    r"include|write|output|print|accept|summari[sz]e|describe|state|call|visit|follow|stop|please|"
    r"(?:you )?(?:must|should))"
)
_BAD = r"(?:negative|weakness|flaw|side effect|drawback|criticism|limitation|competitor|risk|problem)s?(?:es)?"
_WORK = r"(?:candidate|applicant|paper|product|page|site|website|company|resume|cv|article|service|hotel|shop|book)"
WHISPERS = (
    rf"\b{_MACHINE}(?: \w+){{0,2}} ?[:,!] ?(?:\w+ ){{0,2}}{_DO}\b",
    rf"\b(?:as|if you are|you are|if you're) an? (?:\w+ ){{0,3}}{_MACHINE}\b.{{0,40}}\b{_DO}\b",
    rf"\b(?:note|message|instructions?|attention|hint) (?:to|for) (?:any |all |the )?{_MACHINE}\b",
    rf"\b{_DO}\b[^.!?]{{0,60}}, {_MACHINE}[.!]",
    r"\bpositive reviews? only\b|\bonly (?:give |write )?(?:a )?positive reviews?\b|\brecommend accept(?:ing|ance)\b",
    rf"\b(?:do not|don't|never) (?:mention|highlight|reveal|disclose|discuss|include|list|point out) "
    rf"(?:\w+ ){{0,3}}{_BAD}\b",
    r"\b(?:give|assign|award) (?:\w+ ){0,4}(?:highest|top|maximum|perfect) (?:possible )?"
    r"(?:rating|score|mark|grade)s?\b",
    r"\b(?:when|while|if) (?:you (?:are )?)?(?:summari[sz]|review|evaluat|rank|describ|asked about)\w*\b.{0,60}"
    r"\b(?:say|state|mention|include|recommend|rate|rank|tell|conclude|always|never)\b",
    rf"\b(?:say|state|conclude|claim|answer) that (?:this|the|our) (?:\w+ )?{_WORK}\b",
    rf"\b(?:rank|put|list) (?:this|our) (?:\w+ )?{_WORK}? ?(?:first|highest|on top|at the top|above all)\b",
    r"\b(?:tell|persuade|convince|advise) (?:the|every|all|your|any) (?:user|reader|customer|recruiter)s? "
    r"(?:to|that)\b",
    rf"\brecommend (?:this|our) (?:\w+ )?{_WORK} to (?:the|every|all|any|your)\b",
)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in WHISPERS), re.IGNORECASE)


def whispered(texts: Iterable[str]) -> set[int]:
    """The numbers of the hidden texts that are said to a model."""
    return {number for number, text in enumerate(texts) if _ANY.search(text)}

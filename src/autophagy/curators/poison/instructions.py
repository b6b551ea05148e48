"""Sentences that give orders to a model, and the tokens of chat templates: the patterns, by kind.

A whole chunk is searched for the gates in linear time (see text.gate); the patterns themselves, which have gaps, are
searched by `re` in the few rows that pass. Whatever a pattern matches, the gate of its kind matches too.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from ...core.samples import Array
from ...text.column import column, rows_with_bytes
from ...text.gate import at_once, by_re2
from ..found import Place, quoted

_DROP = r"(?:ignore|disregard|forget|neglect)"
_BREAK = (
    r"(?:override|bypass|discard|overrule|do not follow|do not obey|don't follow|don't obey)"  # said of programs too
)
_SAID = r"(?:instructions?|directions?|prompts?|rules|guidelines|directives?|commands?|programming|constraints)"
_ORDERS = r"(?:instructions|prompts?|guidelines|directives)"
_PAST = r"(?:previous|prior|above|earlier|preceding|foregoing|former|existing|initial|original|past|current|your)"
_REPLY = r"(?:answers?|response|reply|replies)"
_MODEL = r"(?:AI|A\.I\.|LLM|GPT|ChatGPT|chatbot|language model|AI (?:model|assistant|agent)|Al model|virtual assistant)"
_EDIT = (
    r"(?:add|adapt|adjust|alter|append|apply|augment|change|combine|compose|convert|craft|deliver|display|embed|encode|"
    r"encrypt|encipher|end|enhance|ensure|express|extend|finish|format|frame|generate|give|group|hide|highlight|hint|"
    r"include|incorporate|inject|insert|integrate|interleave|introduce|invert|jumble|make|mention|misspell|mix|modify|"
    r"output|present|prefix|prepend|produce|promote|provide|put|randomi[sz]e|rearrange|remove|render|replace|rephrase|"
    r"return|reverse|rewrite|scramble|shift|shuffle|spell|start|state|structure|substitute|suggest|switch|tailor|"
    r"tease|transform|translate|transliterate|transpose|turn|use|utili[sz]e|weave|write)"
)
_TAKEN = r"(?:code|solution|implementation|codebase|algorithm|response|answer|script|program|project|elucidation)"
_FOREIGN = (
    r"ignore[zr]?\s+(?:toutes |tous )?(?:les|tes|vos|ces)\s+(?:\S+\s+){0,2}(?:instructions|consignes|règles|regles)",
    r"ignor(?:a|ar|e|iere?|iert|ieren sie)\s+(?:\S+\s+){0,3}(?:instrucciones|anweisungen|istruzioni|"
    r"instruções|instrucoes|befehle|vorgaben|órdenes|ordini|regras|reglas|regeln|regole)",
    r"(?:olvida|oublie[zr]?|vergiss|vergessen sie|dimentica|esqueça|esquece|vergeet|negeer)\s+(?:\S+\s+){0,3}(?:"
    r"instrucciones|instructions|anweisungen|istruzioni|instruções|instructies|consignes|regeln|opdrachten|reglas)",
    r"(?:игнорируй(?:те)?|забудь(?:те)?|проигнорируй(?:те)?)\s+(?:\S+\s+){0,3}(?:инструкци|указани|команд|правила)",
    r"(?:zignoruj|zapomnij)\s+(?:\S+\s+){0,3}(?:instrukcj|polece|zasad)",
    r"(?:önceki|yukar\Sdaki|tüm)\s+(?:\S+\s+){0,2}talimatlar\S*\s+(?:yok\s?say|unut|görmezden|dikkate alma)",
    r"(?:忽略|无视|忘记|忘掉|無視|忽視)[^。\n]{0,12}(?:指令|指示|提示|说明|規則|规则|命令)",
    r"(?:指示|命令|指令|プロンプト|ルール)[^。\n]{0,6}(?:無視|忘れ)",
    r"(?:지시|명령|지침|프롬프트)\S*\s*(?:\S+\s+){0,2}(?:무시|잊어)",
    r"(?:تجاهل|انس)\s+(?:\S+\s+){0,2}(?:التعليمات|الأوامر|الإرشادات|تعليمات)",
    r"(?:निर्देश|निर्देशों|आदेश|आदेशों)\s+(?:को\s+)?(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)",
)
INSTRUCTIONS = {
    "override of instructions": (
        rf"\b{_DROP}\s+(?:\S+\s+){{0,4}}{_PAST}\s+(?:\S+\s+){{0,3}}{_SAID}\b",
        rf"\b{_BREAK}\s+(?:\S+\s+){{0,3}}(?:previous|prior|above|earlier|preceding|existing|initial|original|your)\s+"
        rf"(?:\S+\s+){{0,2}}{_ORDERS}\b",
        rf"\b{_DROP}\s+(?:all|any|every)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|your\s+)?{_SAID}\b",
        r"\b(?:ignore|disregard|forget) (?:everything|anything|all) (?:above this|before this|"
        r"prior to this|you (?:were|have been) told|that (?:came|was said) before)",
        r"\b(?:ignore|disregard) (?:all )?(?:the )?(?:previous|above|preceding) (?:text|content|message|context|"
        r"conversation)",
        r"(?:^|[.!?:,\n]\s{0,3}|\band )just (?:print|output|respond with|reply with) [\"“']",
        *_FOREIGN,
    ),
    "role for a model": (
        rf"\byou are now (?:in )?(?:DAN|an? (?:\S+ ){{0,2}}{_MODEL}|(?:\S+ )?(?:developer|debug|god|jailbreak|"
        rf"admin|root) mode)\b",
        r"\bfrom now on,? you(?:'re| are|'ll| will| must| shall| should)? (?:\S+ ){0,4}(?:act|respond|answer|reply|"
        r"role-?play|pretend|speak only|in the role of|(?:\S+)?(?:gpt|bot))\b",
        r"\byou are now \S*(?:bot|gpt|agi)\b|\bsimulate \S+ mode\b|\bassume the persona of\b",
        r"\byou have no (?:rules|restrictions|limitations|filters|limits)\b|\blimit your output to\b",
        rf"\b(?:act|behave|respond|reply|answer|role-?play|pose) (?:just )?(?:as|like) (?:\S+ ){{0,4}}{_MODEL}\b",
        rf"\bpretend (?:to be|that you are|you are|you're) (?:\S+ ){{0,3}}{_MODEL}\b",
        r"\bI (?:want|need|would like) you to (?:act|role-?play|pretend|behave|simulate|respond|reply|play the role)\b",
        r"\b(?:developer|jailbreak|god|sudo|DAN) mode (?:is )?(?:now )?(?:enabled|activated|on|output|engaged)\b",
        r"\bdo anything now\b|\b(?:always jailbreaking|jailbreak prompt|jailbroken (?:AI|chat|model))",
        r"\b(?:never|not|don't|without|won't) break(?:ing)? (?:of )?character\b|\b(?:stay|remain) in (?:your |"
        r"the )?character\b",
    ),
    "lifting of a model's limits": (
        rf"\b(?:confines|limits|limitations|restrictions|constraints) of (?:an )?{_MODEL}\b",
        r"\bopenai(?:'s|’s)? (?:content |usage |ethical )?(?:polic|guideline|rules|restrictions|limitations|"
        r"terms|filters)",
        r"\b(?:content|safety|ethical|moral) (?:polic(?:y|ies)|filters?|guidelines|restrictions|"
        r"guardrails)\b[^.\n]{0,60}\b(?:disabled|removed|ignored?|bypass(?:ed)?|do not apply|don't apply|not "
        r"bound)",
        r"\b(?:without|no|free (?:of|from)|not bound by|not restricted by|ignores?|bypass(?:es)?) (?:any |all "
        r")?(?:of )?(?:its |their |your )?(?:the )?(?:ethical|moral|content|safety|legal)(?:,? (?:and|or|ethical|"
        r"moral|legal))* (?:restrictions|guidelines|filters?|constraints|limitations|guardrails|boundaries|polic)",
        rf"\b(?:uncensored|unfiltered|unrestricted|amoral|unethical|evil)(?:,? (?:and )?\w+){{0,2}} (?:{_MODEL}|"
        rf"chat ?bot)\b",
        r"\b(?:never|not|cannot|can't|won't|doesn't|doesn’t|don't) (?:ever )?(?:refuse|decline|reject|deny) "
        r"(?:to (?:answer|respond)|(?:a|any|my|the|user) (?:\w+ )?(?:requests?|prompts?|questions?|orders?))",
    ),
    "address to a model": (
        r"\b(?:hello|hi|hey|dear|attention|listen)[,:!]? (?:ChatGPT|Chat GPT|GPT-?\d|Claude|Gemini|Copilot|Bing "
        r"AI|AI (?:model|assistant|agent))\b",
        rf"\b(?:instructions?|notes?|notice|message|attention|orders?)\W{{0,3}}(?: ?to| ?for)?:? (?:any |all |"
        rf"the )?{_MODEL}s?(?: (?:that|who|which|reading|processing|systems?|models?|assistants?|agents?|only)\b|"
        rf":)",
        rf"\bif you(?: are|'re) (?:an? )?{_MODEL}\b",
        r"\b(?:ChatGPT|the (?:AI|assistant|model)|you),? (?:will|must|should|shall) (?:now |always |only "
        r")?(?:answer|respond|reply) (?:\w+ )?(?:as|with|to (?:every|all|any)|in (?:the|this) (?:following "
        r")?format)",
        r"\b(?:answer|respond|reply) (?:to )?(?:every|each|any|all my) (?:of )?(?:my |the |user )?(?:prompts?|"
        r"requests?)\b",
    ),
    "request for the prompt": (
        r"\b(?:reveal|show|print|repeat|output|display|leak|disclose|tell|ignore|override|your) "
        r"(?:\S+ ){0,3}system prompt\b",
        r"\b(?:reveal|show|print|repeat|output|display|leak|disclose|tell me|give me|summari[sz]e) (?:\S+ "
        r"){0,3}your (?:(?:system|initial|original|full|secret|hidden) )?(?:instructions|prompt|guidelines)\b",
        r"\brepeat (?:all )?(?:the )?(?:words|text|everything) above\b",
    ),
    "order about the answer": (
        rf"(?:^|[.!?:;\"”\n]\s{{0,3}}|\bplease )(?:in your {_REPLY}, )?(?:please "
        rf")?{_EDIT}\b[^.!?\n]{{0,90}}\byour {_REPLY}\b",
        rf"(?:^|[.!?\"”\n]\s{{0,3}})in your {_REPLY}, [a-z]+ ",
        rf"\byour {_REPLY} (?:must|should|has to|shall) (?:be|start|begin|end|contain|include|only|always|not)\b",
    ),
    "order to send data": (
        r"\b(?:send|post|forward|exfiltrate|upload|transmit|leak|e-?mail) (?:\S+ ){0,5}(?:conversation|chat "
        r"history|credentials|passwords?|api keys?|user data|secrets?|tokens?) (?:to|via) (?:https?://|\S+@\S|"
        r"this (?:url|address|link|server))",
        r"!\[[^\]\n]{0,80}\]\(https?://[^)\s]{1,150}\?(?:[^)\s]{0,80}&)?(?:q|data|prompt|secret|payload|msg|"
        r"message|text|info|history|conversation|leak|summary|chat|exfil|content)=[^)\s]{0,150}",
        r"!\[[^\]\n]{0,80}\]\(https?://[^)\s]{1,150}\?[^)\n]{0,100}=[\[{<$%][^)\n]{1,100}\)",
    ),
    "order to use code or tools": (
        rf"\b(?:following|subsequent|below|next|given) code(?: (?:snippet|block|section|excerpt|segment|fragment|"
        rf"sample|piece))\b[^\n]{{0,90}}\b(?:your|the|you) (?:\w+ ){{0,2}}(?:{_TAKEN}|develop)",
        rf"\byour (?:\w+ )?{_TAKEN}\b[^.\n]{{0,90}}\b(?:following|subsequent|below) code (?:snippet|block|"
        rf"section|excerpt|segment|fragment)\b",
        r"<(?:tool_call|function_calls?|invoke name|tool_use)\b",
        r"\b(?:assistant|agent|AI|model|LLM)[,:] (?:please )?(?:call|invoke|run|execute|use) (?:the |this |your "
        r")?\S+ (?:tool|function|command|plugin)\b",
    ),
    "chat-template token": (
        r"<\|(?:im_start|im_end|im_sep|eot_id|eom_id|start_header_id|end_header_id|begin_of_text|end_of_text|"
        r"system|user|assistant|tool|python_tag|start_of_role|end_of_role|channel|message|return|call|end|"
        r"fim_\w+)\|>",
        r"(?-i:\[/?INST\])|<</?SYS>>|\[/?SYSTEM_PROMPT\]|\[/?TOOL_CALLS\]|\[/?AVAILABLE_TOOLS\]|<(?:start|"
        r"end)_of_turn>|<｜(?:User|Assistant|begin▁of▁sentence|end▁of▁sentence)｜>",
        r"(?:^|\n)#{2,3} ?(?:Instructions?|Response|Human|Assistant|System(?: Prompt)?)\s?:",
        r"(?:^|\n)(?:Human|USER|User): [^\n]{1,400}\n{1,2}(?:Assistant|ASSISTANT|AI): ",
        r"\S\s*<\|endoftext\|>\s*\S",
    ),
}
_LIMITS = "(?:restr|guid|filter|constr|limit|bound|polic|guard)"
_NAMED = "(?:ai|a\\.i|llm|gpt|chat|language model|al model|virtual)"  # how a model's name begins
_GATES = {  # by kind a part of each pattern, with short gaps alone: one automaton of few states, which few rows pass
    "override of instructions": rf"{_DROP}\s+(?:\S+\s+){{0,4}}(?:{_PAST}|all|any|every)|"
    rf"(?:override|bypass|discard|overrule|not follow|not obey|n't follow|n't obey)\s+(?:\S+\s+){{0,3}}{_PAST}\s|"
    r"ignore\s+(?:toutes |tous )?(?:les|tes|vos|ces)\s|"
    r"ignore\s+(?:\S+\s+){0,3}(?:instru|anwei|istru|befe|vorg|órd|ord|reg)|"
    r"just (?:print|output|respond with|reply with) |ignor(?:a|ar|ez|ier|iere|iert|ieren sie)\s|"
    r"olvida\s|oublie[zr]?\s|vergiss|vergessen sie\s|dimentica|esque[çc][ae]\s|vergeet|negeer|talimatlar|"
    r"zignoruj|zapomnij",
    "role for a model": r"you are now |from now on|"
    rf"(?:act|behave|respond|reply|answer|role-?play|pose) (?:just )?(?:as|like) (?:\S+ ){{0,4}}{_NAMED}|"
    r"pretend (?:to be|that you|you)|(?:want|need|would like) you to |do anything now|jailbr|"
    r"(?:developer|jailbreak|god|sudo|dan) mode (?:is|now|enabled|activated|on|output|engaged)|"
    r"break(?:ing)? (?:of )?character|(?:stay|remain) in (?:your |the )?character|"
    r"simulate \S+ mode|persona of|you have no |limit your output",
    "lifting of a model's limits": rf"(?:confines|limits|limitations|restrictions|constraints) of (?:an )?{_NAMED}|"
    rf"openai|(?:ethical|moral|content|safety|legal)(?:,? (?:and|or|ethical|moral|legal))* {_LIMITS}|"
    rf"(?:uncensored|unfiltered|unrestricted|amoral|unethical|evil),? (?:\S+ ){{0,4}}{_NAMED}|"
    r"(?:refuse|decline|reject|deny) (?:to (?:answer|respond)|"
    r"(?:a|any|my|the|user) (?:\S+ )?(?:request|prompt|question|order))",
    "address to a model": r"gpt|claude|gemini|copilot|bing ai|chatbot|virtual assistant|language model|\bal model|"
    r"a\.i\.|ai (?:model|assistant|agent)|(?:answer|respond|reply) (?:to )?(?:every|all|each|any) |"
    r"(?:you|assistant|model|ai),? (?:will|must|should|shall) (?:now |always |only )?(?:answer|respond|reply)|"
    r" (?:ai|llm)s? (?:that|who|which|reading|processing|system|model|assistant|agent|only)|"
    r" (?:ai|llm)s?:|you(?: are|'re) (?:an? )?(?:ai|llm)\b",
    "request for the prompt": r"system prompt|(?:text|words|everything) above|"
    r"your (?:(?:system|initial|original|full|secret|hidden) )?(?:prompt|guideline|instr)",
    "order about the answer": r"your (?:answer|response|repl)",
    "order to send data": r"(?:history|credentials|passwords?|api keys?|user data|secrets?|tokens?|conversation) "
    r"(?:to|via) (?:https?:|\S+@|this (?:url|addr|link|serv))|!\[[^\]\n]*\]\(http",
    "order to use code or tools": r"(?:following|subsequent|below|next|given) "
    r"code (?:snippet|block|section|excerpt|segment|frag|sample|piece)|"
    r"<(?:tool_(?:call|use)|function_call|invoke name)|"
    r"(?:assistant|agent|model|ai|llm)[,:] (?:please )?(?:call|invoke|run|execute|use) ",
    "chat-template token": r"<\||\[/?(?:inst|system_prompt|tool_calls|available_tools)\]|<</?sys>>|_of_turn>|"
    r"## ?(?:instr|resp|human|assist|system)|human: |user: ",
}
_ABROAD = "игнорируй|забудь|忽略|无视|忘记|忘掉|無視|忽視|忘れ|무시|잊어|تجاهل|انس|निर्देश|आदेश|<｜"
GATES = {kind: "(?i)" + gate for kind, gate in _GATES.items()}
GATE = "(?i)" + "|".join(_GATES.values())
ABROAD = "(?i)" + _ABROAD  # for rows that are not all ASCII
BLANKS = "\xa0\u2007\u202f\u3000"
FOREIGN = np.zeros(256, bool)  # bytes of which each of these has one: the first of a letter, or the last of a blank
FOREIGN[[0xD0, 0xD1, 0xD8, 0xD9, 0xE0, *range(0xE3, 0xF0), *(blank.encode()[-1] for blank in BLANKS[:-1])]] = True


@cache
def _kinds() -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """Of each kind its patterns with gaps of any length, for RE2, and as they are, for `re`.

    The foreign ones are apart: of the union with them RE2 makes an automaton that takes four times as long.
    """
    kinds = {}
    for kind, patterns in INSTRUCTIONS.items():
        own = [pattern for pattern in patterns if pattern not in _FOREIGN]
        foreign = [pattern for pattern in patterns if pattern in _FOREIGN]
        loose = tuple("(?i)" + re.sub(r"\{\d+,\d+\}", "*", _either(some)) for some in (own, foreign) if some)
        kinds[kind] = loose, re.compile(_either(patterns), re.IGNORECASE)
    return kinds


def _either(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def instructions(texts: Array | Sequence[str]) -> dict[int, list[Place]]:
    """The places of each text that give an order to a model, with what stands around them, by the text's number."""
    found: dict[int, list[Place]] = {}
    for kind, rows in _passed(texts).items():
        loose, pattern = _kinds()[kind]
        left = {row: _broken(str(texts[row])) for row in sorted(rows)}
        numbers, few = list(left), column(list(left.values()))
        for row in sorted({numbers[number] for each in loose for number in by_re2(few, each)}):
            found.setdefault(row, []).extend(
                Place(*match.span(), f'{kind}: "{quoted(left[row], *match.span())}"')
                for match in pattern.finditer(left[row])
            )
    return {row: sorted(places) for row, places in sorted(found.items()) if places}


def _passed(texts: Array | Sequence[str]) -> dict[str, set[int]]:
    """By kind the numbers of the texts that may hold one of its patterns."""
    whole = column(texts)
    rest = rows_with_bytes(whole, FOREIGN).tolist()
    some = whole.take(rest) if rest else column([])
    abroad = [rest[number] for number in by_re2(some, ABROAD)]
    blank = [rest[number] for number in by_re2(some, f"[{BLANKS}]")]
    held, broken = _gated(whole), _gated(column([_broken(str(texts[row])) for row in blank]))
    return {kind: {*held[kind], *abroad, *(blank[number] for number in broken[kind])} for kind in GATES}


def _gated(known: Any) -> dict[str, list[int]]:
    """By kind the texts of a column that pass its gate, or any where RE2 is asked, which takes them all at once."""
    held = at_once(known, tuple(GATES.values()))
    either = [] if held else by_re2(known, GATE)
    return {kind: held.get(gate, either) for kind, gate in GATES.items()}


def _broken(text: str) -> str:
    """The text with blanks that break in place of those that do not."""
    if text.isascii():
        return text
    for blank in BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return text

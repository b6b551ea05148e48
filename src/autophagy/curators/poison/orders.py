"""Orders to a model and tokens of chat templates: the patterns by kind, and the gate that what holds one passes."""

from .abroad import LATIN, LATIN_GATE, OTHERS

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
INSTRUCTIONS = {
    "override of instructions": (
        rf"\b{_DROP}\s+(?:\S+\s+){{0,4}}{_PAST}\s+(?:\S+\s+){{0,3}}{_SAID}\b",
        rf"\b{_BREAK}\s+(?:\S+\s+){{0,3}}(?:previous|prior|above|earlier|preceding|existing|initial|original|your)\s+"
        rf"(?:\S+\s+){{0,2}}{_ORDERS}\b",
        rf"\b{_DROP}\s+(?:all|any|every)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|your\s+)?{_SAID}\b",
        r"\b(?:ignore|disregard|forget) (?:everything|anything|all) (?:above this|before this|"
        r"prior to this|you (?:were|have been) told|that (?:came|was said) before)",
        rf"\bstop here,? and {_DROP} (?:everything|anything|all)\b|\b{_DROP} (?:everything|anything|all) (?:that )?you "
        r"(?:have )?(?:just )?(?:read|saw|seen|(?:been |were )?told|learned) "
        r"(?:so far|above|before|until now|up to now)\b",
        r"\b(?:ignore|disregard) (?:all )?(?:the )?(?:previous|above|preceding) (?:text|content|message|context|"
        r"conversation)",
        r"(?:^|[.!?:,\n]\s{0,3}|\band )just (?:print|output|respond with|reply with) [\"“']",
        rf"\b{_DROP} (?:all |everything |all of )?(?:the )?above and [a-z]|"
        rf"\b{_DROP} (?:everything|anything|all) (?:that is |written |stated )?above\b",
        rf"\b{_DROP} (?:all |any |your |the |of ){{0,3}}(?:previous|prior|earlier|above|preceding|original|initial) "
        r"(?:tasks?|assignments?|objectives?|goals?|inputs?)\b",
        r"\bstop (?:following|obeying) (?:all |any |the |your |these |those |previous |prior ){1,3}" + _ORDERS + r"\b",
        rf"\b(?:{_DROP}|(?:do not|don't) (?:follow|obey)) (?:all |any |the |these |those |of |your ){{0,3}}{_ORDERS} "
        r"(?:that (?:were|are) |you (?:were|have been) )?(?:given |written |stated )?(?:above|previously|earlier)\b",
        r"\b(?:override|bypass|ignore|disregard|forget) your (?:own |entire |core |original ){0,2}(?:programming|"
        r"guardrails|safeguards|safety (?:rules|training|protocols))\b",
        r"\b(?:above|previous|prior|earlier|preceding|original) (?:instructions|prompts?|directives) "
        r"(?:are|were|is|was) (?:now |all |only ){0,2}(?:void|invalid|cancell?ed|a test|a joke|"
        r"obsolete|superseded|overridden|no longer)\b",
        r"(?:^|[.!?\n]\s{0,3})(?:your |my )?(?:new|updated|revised|real|actual) (?:instructions|system prompt) ?"
        r"(?:is|are)?:\s",
    ),
    "override of instructions in another language": LATIN,
    "override of instructions in another script": OTHERS,
    "role for a model": (
        rf"\byou are now (?:in )?(?:DAN|an? (?:\S+ ){{0,2}}{_MODEL}|(?:\S+ )?(?:developer|debug|god|jailbreak|"
        rf"admin|root) mode)\b",
        r"\bfrom now on,? you(?:'re| are|'ll| will| must| shall| should)? (?:\S+ ){0,4}(?:act|respond|answer|reply|"
        r"role-?play|pretend|speak only|in the role of|(?:\S+)?(?:gpt|bot))\b",
        r"\byou are now \S*(?:bot|gpt|agi)\b|\bsimulate \S+ mode\b|\bassume the persona of\b",
        r"\byou have no (?:rules|restrictions|limitations|filters|limits)\b|\blimit your output to\b",
        rf"\b(?:act|behave|respond|reply|answer|role-?play|pose) (?:just )?(?:as|like) (?:\S+ ){{0,4}}{_MODEL}\b",
        rf"\bpretend (?:to be|that you are|you are|you're) (?:\S+ ){{0,3}}{_MODEL}\b",
        r"\bpretend (?:to be|(?:that )?you(?: are|'re| have)) [^.!?\n]{0,60}\b"
        r"(?:no|without|free (?:of|from)|not bound by) (?:\w+ )?(?:rules|restrictions|limits|limitations|filters|"
        r"guidelines|boundaries|censorship)\b",
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
        rf"\b(?:end|finish|close|begin|start|preface) (?:each|every|all)(?: of)?(?: your)? (?:{_REPLY}|responses) "
        r"(?:with|by)\b",
        r"\bgive (?:an? |only )?positive reviews? only\b|\bdo not highlight any (?:negatives?|weakness(?:es)?)\b",
        r"\b(?:not|never|n't) (?:mention|reveal|disclose|tell the user about) (?:these|this) "
        r"(?:instructions|message|prompt|rules)\b",
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
        r"<\|(?:im_\w+|eot|eom|bom|eot_id|eom_id|start_header_id|end_header_id|header_start|header_end|begin_of_text|"
        r"end_of_text|end_of_turn|system|user|assistant|tool|prompter|python_tag|start_of_role|end_of_role|channel|message|"
        r"return|call|end|start|fim_\w+|[a-z_]+_token)\|>|<\|turn>|<turn\|>|\[\|(?:user|assistant|system|endofturn)\|\]",
        r"(?-i:\[/?INST\])|<</?SYS>>|\[/?SYSTEM_PROMPT\]|\[/?TOOL_CALLS\]|\[/?AVAILABLE_TOOLS\]|<(?:start|"
        r"end)_of_turn>|<｜(?:User|Assistant|begin▁of▁sentence|end▁of▁sentence|tool▁\S{3,30})｜>",
        r"<reserved_10[67]>|<extra_id_[01]>(?:System|User|Assistant)\b|\bGPT4 Correct User:",
        r"(?:^|\n)#{2,3} ?(?:Instructions?|Response|Human|Assistant|System(?: Prompt)?)\s?:",
        r"(?:^|\n)(?-i:(?:Human|USER|User): )[^\n]{1,400}\n{1,2}(?-i:(?:Assistant|ASSISTANT|AI): )",
        r"\S\s*<\|endoftext\|>\s*\S",
    ),
}
_LIMITS = "(?:restr|guid|filter|constr|limit|bound|polic|guard)"
_NAMED = "(?:ai|a\\.i|llm|gpt|chat|language model|al model|virtual)"  # how a model's name begins
_GATES = {  # by kind a part of each pattern, with short gaps alone: one automaton of few states, which few rows pass
    "override of instructions": rf"{_DROP}\s+(?:\S+\s+){{0,4}}(?:{_PAST}|all|any|every)|"
    rf"(?:override|bypass|discard|overrule|not follow|not obey|n't follow|n't obey)\s+(?:\S+\s+){{0,3}}{_PAST}\s|"
    r"just (?:print|output|respond with|reply with) |stop (?:following|obeying) |"
    r"(?:not|n't) (?:follow|obey) (?:\S+ ){0,3}(?:instr|prompt|guidel|direct)|"
    rf"{_DROP} (?:\S+ ){{0,3}}(?:instr|prompt|guidel|direct)|"
    r"(?:instructions|prompts?|directives) (?:are|were|is|was) (?:now |all |only ){0,2}(?:void|inval|canc|a test|"
    r"a joke|obsol|super|overr|no long)|(?:new|updated|revised|real|actual) (?:instructions|system prompt)",
    "override of instructions in another language": LATIN_GATE,
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
    "order about the answer": r"(?:your|each|every|all)(?: of)? (?:answer|response|repl)|"
    r"positive reviews? only|highlight any (?:neg|weak)|"
    r"(?:mention|reveal|disclose|user about) (?:these|this) (?:instr|mess|prompt|rule)",
    "order to send data": r"(?:history|credentials|passwords?|api keys?|user data|secrets?|tokens?|conversation) "
    r"(?:to|via) (?:https?:|\S+@|this (?:url|addr|link|serv))|!\[[^\]\n]*\]\(http",
    "order to use code or tools": r"(?:following|subsequent|below|next|given) "
    r"code (?:snippet|block|section|excerpt|segment|frag|sample|piece)|"
    r"<(?:tool_(?:call|use)|function_call|invoke name)|"
    r"(?:assistant|agent|model|ai|llm)[,:] (?:please )?(?:call|invoke|run|execute|use) ",
    "chat-template token": r"<\||turn\|>|\[\||\[/?(?:inst|system_prompt|tool_calls|available_tools)\]|<</?sys>>|"
    r"_of_turn>|<reserved_10|<extra_id_|gpt4 correct|## ?(?:instr|resp|human|assist|system)|human: |user: ",
}
GATES = {kind: "(?i)" + gate for kind, gate in _GATES.items()}
GATE = "(?i)" + "|".join(_GATES.values())

"""The ways in which models say that they have no answer, as patterns that match from the start of a sentence."""

SOURCE = (
    r"(?:documents?|documentation|passages?|contexts?|texts?|sources?|articles?|paragraphs?|excerpts?|"
    r"snippets?|handbook|"
    r"materials?|files?|pages?|corpus|records?|data|content|input|sections?|extracts?|knowledge\s+base|"
    r"information|details)"
)
GIVEN = (
    r"(?:(?:the|these|those|any|your|this|that|all|of|my|our|available|provided|given|supplied|retrieved|"
    r"above|following|"
    r"search|source|reference|relevant|included|current|indexed|uploaded|attached|either|neither|no|none)\s+){0,4}"
)
THEM = (  # the documents, passage 1, the information that you gave me, the text above
    rf"(?:{GIVEN}{SOURCE}(?:\s+\(?(?:\d+|[A-Z]\b)\)?)?(?:\s+(?:you|that|which|i)\s+\w+(?:\s+\w+){{0,2}}|"
    r"\s+(?:provided|given|supplied|above|available|at\s+hand|here))?)"
)
TELL = (
    r"(?:mention|specif|stat|provid|giv|includ|contain|say|said|answer|disclos|discuss|describ|indicat|"
    r"reveal|cover|address|"
    r"list|tell|told|found|know|present|name|stipulat|refer|offer|report|hold|have|clear|explain|identif|"
    r"suppl|detail|defin|"
    r"record|document|show|explicit|allow|support|relate|make|available|determin|touch|go\s+into|help)\w*"
)
TOLD = (  # of any subject: the price is not mentioned
    r"(?:mentioned|specified|stated|disclosed|clear|indicated|discussed|described|listed|named|answered|addressed|"
    r"recorded|documented|defined|explained|revealed|reported)"
)
HAD = r"(?:provided|given|known|available|included|covered|contained|found|there|present|here)"  # of information alone
INFORMATION = (
    r"(?:(?:it|this|that)|(?:(?:the|this|that|such|any|your|no|requested|specific|relevant|exact)\s+)*(?:[\w'-]+\s+){0,3}?"
    r"(?:information|answer|detail|details|name|date|number|price|cost|identity|value|data|question|fact|figure|reason)"
    r"(?:\s+itself)?"
    r"(?:\s+(?:of|for|to|about|on)\s+(?:[\w'-]+\s+){0,4}?[\w'-]+)?)"
)
SO = r"(?:(?:explicitly|specifically|directly|clearly|actually|publicly|yet|even|currently)\s+)?"
HERE = (
    rf"(?:\s*(?:$|[.!?,;])|\s+(?:in|by|within|from|among)\s+{THEM}|\s+(?:here|anywhere|explicitly|who|what|"
    rf"when|where|how|which)\b)"
)
IS_NOT = (
    r"(?:(?:is|was|are|were|has\s+been|have\s+been|'s)\s+(?:not|never)|(?:isn't|wasn't|aren't|weren't|hasn't\s+been))"
)
ENOUGH = r"(?:any|enough|sufficient|much|adequate|specific)"
NOTHING = (
    rf"(?:(?:no|insufficient|inadequate|not\s+{ENOUGH})\s+(?:\w+\s+){{0,3}}?(?:information|details?|mention|"
    rf"evidence|answers?|"
    r"data|references?|indication|context|records?|statement|knowledge|description|documentation|results?|"
    r"content|match))"
)
GONE = (
    r"(?:\s*(?:$|[.!?,;:])|\s+(?:about|on|regarding|concerning|as\s+to|for|to|in|of|here|that|available|"
    r"found|given|provided|i|was\s+(?:found|given|provided|available|mentioned)|is|are|were\s+(?:found|given|"
    r"provided)|at|who|what|when|where|which|whether|how)\b)"
)
CAN = (
    r"(?:i|we)(?:\s+(?:really|honestly|simply|just|truly|also|currently))?\s+(?:do\s+not|don't|cannot|"
    r"can\s+not|can't|couldn't|could\s+not|"
    r"am\s+not\s+able\s+to|was\s+not\s+able\s+to|wasn't\s+able\s+to|was\s+unable\s+to|am\s+unable\s+to|"
    r"didn't|did\s+not|won't|will\s+not|"
    r"wouldn't|would\s+not|must\s+decline\s+to)(?:\s+(?:really|actually|currently|honestly|confidently|"
    r"accurately|reliably|directly|even|yet))?"
)
DO = (
    r"(?:answer|find|determine|tell|say|provide|locate|identify|give|confirm|verify|see|help|assist|respond|"
    r"comment|derive|"
    r"infer|conclude|extract|be\s+(?:certain|sure)|access|fulfil+|comply|specify|offer|generate|share|"
    r"discuss|calculate|name|state|pinpoint|ascertain|assess|judge|"
    r"predict|classify|establish|deduce|recommend|fulfill)\b"
)
SUBJECT = r"(?:it|this|that|which|(?:the|your|this|that|such|an?|any)\s+(?:[\w'-]+\s+){0,6}?[\w'-]+|[\w'-]+)"
OPENERS = (
    r"(?:(?:(?:i'm|i\s+am|we're|we\s+are)\s+(?:very\s+|so\s+|really\s+)?(?:sorry|afraid)|sorry|"
    r"i\s+apologi[sz]e|(?:my\s+)?apologies|unfortunately|regrettably|sadly|alas|"
    r"i\s+(?:must|have\s+to)\s+admit|to\s+my\s+knowledge|"
    r"however|so|therefore|thus|hence|well|hmm|honestly|to\s+be\s+honest|i\s+regret|i\s+must\s+(?:say|"
    r"clarify)|note|please\s+note|"
    r"it\s+(?:seems|appears|looks\s+like))\b[,.!:]?\s*(?:but\s+|that\s+|to\s+say\s+)*"
    r"|(?:based|according|from|in|per|given|after|having|looking|as|while|although|since|"
    r"because)\b[^.,:;]{0,110}[,:]\s*"
    rf"|(?:the\s+)?(?:final\s+)?answer\s*(?:is|:)\s*|(?:\w+\s+)?{SOURCE}\s*:\s*|thank\s+you[^.!]*[.!]\s*|i\s+think\s+(?=(?:the|there|it)\b))*"
)
ENGLISH = (
    rf"{CAN}\s+(?:know(?:\s*(?:$|[.!?,;:—-])|\s+(?:the|that|this|what|who|when|where|why|how|which|if|"
    rf"whether|based|for|about|from|of\s+any|enough|any|it)\b)|recall\b|remember\b)",
    rf"{CAN}\s+have\s+(?:an?\s+answer|access|the\s+(?:answer|necessary|required|ability)|{ENOUGH}|that|this|"
    rf"real-?time|information|personal|details|data|context|knowledge)",
    rf"{CAN}\s+{DO}(?!\s+(?:enough|that\s+highly|better|but|a\s+lie|you\s+(?:that|how)))",
    r"(?:i|we)(?:'m|'re|\s+am|\s+are|\s+was|\s+were)(?:\s+(?:currently|simply|just|really|"
    r"still))?\s+(?:not\s+(?:\w+\s+)?(?:sure|certain|aware|able|familiar|in\s+a\s+position|allowed|provided|"
    r"qualified|programmed)|unable|unsure|uncertain|unaware|incapable)\b",
    rf"(?:i|we)(?:\s+\w+ly)?(?:\s+(?:have|had|see|saw|found|find|can\s+find|lack|got|(?:was|"
    rf"were)\s+given))\s+(?:{NOTHING}|no\s+(?:idea|clue|answer|way|access|specific|mention)|"
    rf"the\s+(?:necessary|required|relevant)\s+(?:information|context|details))",
    r"(?:i|we)(?:'ve|\s+have)\s+been\s+unable\b|(?:i|we)(?:'m|'re|\s+(?:am|are|was|were|have))(?:n't|\s+not)\s+(?:been\s+)?"
    r"(?:given|provided|told|shown|informed)\b|you\s+(?:have\s+not|haven't|did\s+not|didn't)\s+(?:provide|give|share|attach|include|"
    r"upload|specif|mention|tell)\w*|my\s+(?:knowledge|training|data|information)\s+(?:\w+\s+)?(?:does\s+not|doesn't|do\s+not|don't)\b",
    r"i(?:'m|\s+am|\s+can|\s+could|\s+will)?\s+(?:only\s+(?:\w+\s+to\s+)?(?:help|assist|answer|support|provide)\b|"
    r"(?:(?:able|here|designed|trained|meant)\s+to\s+)?(?:help|assist|answer)\b[^.:;]*\bonly\s*(?:[.,]|$))",
    r"(?:found|find|turned\s+up|saw|see)\s+(?:nothing|no\b)|came\s+(?:up|away)\s+(?:empty|with\s+nothing)",
    rf"{SUBJECT}\s+(?:does\s+not|doesn't|do\s+not|don't|did\s+not|didn't|never)\s+(?:appear|show\s+up|come\s+up|occur)s?\b"
    rf"(?:\s+anywhere)?(?:\s*(?:$|[.,;])|\s+(?:in|within|among)\s+{THEM})",
    rf"(?:{THEM}|it|they)\s+(?:only\s+)?(?:talks?|covers?|discuss(?:es)?|mentions?|describes?|address(?:es)?|speaks?|deals?|focus(?:es)?|"
    rf"gives?|tells?|says?|is|are)\b[^.;]*?,?\s(?:but|and|,)?\s*(?:not|never|nothing\s+(?:on|about|of))\s+(?:the|its|their|an?|any|when|who|what|where|how|which|why|about)\b",
    rf"{THEM}\s+leaves?\s+(?:\w+\s+){{0,3}}?(?:open|unanswered|unclear|unsaid|unspecified|out)\b",
    r"there(?:'s|\s+(?:is|was|are|were))\s+no\s+(?:[\w'-]+\s+){1,4}(?:mentioned|specified|stated|given|provided|found|available|listed)\b",
    rf"{INFORMATION}\s+(?:isn't|is\s+not|was\s+not|wasn't)\s+(?:in\s+)?(?:there|here)\b|n/a\b",
    r"(?:i|we)\s+lack\b|(?:no\s+(?:idea|clue|comment)|beats\s+me|dunno|hard\s+to\s+say|who\s+knows)\b",
    rf"(?:there(?:'s|\s+(?:is|are|was|were|seems\s+to\s+be|appears\s+to\s+be))\s+(?:simply\s+)?)?"
    rf"(?![^.]*\b(?:contradict|refut|disput|against|otherwise|to\s+the\s+contrary)){NOTHING}{GONE}",
    rf"there\s+(?:isn't|aren't|wasn't|weren't|is\s+not|are\s+not|"
    rf"was\s+not)\s+(?:{ENOUGH}\s+)?(?:\w+\s+)?(?:information|details?|mention|evidence|answer|data|context|"
    rf"reference)",
    r"there(?:'s|\s+(?:is|was))\s+(?:simply\s+|just\s+)?(?:no\s+(?:way\s+(?:to|of)|answer\b)|nothing\s+(?:in|about|on|that|here))",
    rf"nothing\s+(?:(?:in|within|from)\s+{THEM}|about\b|(?:is|was)\s+(?:said|mentioned|stated|known|given|written)\b)",
    r"no\s+(?:\w+\s+)?(?:passages?|documents?)\b\s*(?:$|[.]|found|available)|there\s+is\s+none\b",
    r"(?:(?:the|this|that)\s+)?(?:\w+\s+)?(?:information|answer)\s+(?:is|was)\s+(?:missing|absent|lacking|unavailable|withheld)\b",
    rf"{SUBJECT}\s+(?:is|was|are|were|seems\s+to\s+be)\s+(?:missing|absent|lacking|left\s+out)\s+(?:from|in|of)\s+{THEM}",
    rf"(?:none|neither)\s+of\s+{GIVEN}(?:\w+\s+)?{THEM}\s+(?:\w+\s+)?{TELL}",
    rf"(?:no|neither)\s+{SOURCE}\s+(?:\w+\s+)?{TELL}",
    rf"no\s+(?:[\w'-]+\s+){{1,3}}(?:is|are|was|were)\s+{SO}(?:{TOLD}|given|provided|identified){HERE}",
    rf"(?:{SUBJECT}\s+)?(?:is|was|are|were|has|have|'s)?\s*(?:not|isn't|wasn't|aren't|"
    rf"hasn't)\s+(?:\w+\s+){{0,3}}?(?:in|by|from|within|part\s+of|among)\s+{THEM}",
    rf"{SUBJECT}\s*{IS_NOT}\s+{SO}{TOLD}{HERE}",
    rf"{SUBJECT}\s*{IS_NOT}\s+{SO}(?:included|contained|provided|given|covered|found|available|present)\s+(?:in|within|among)\s+{THEM}",
    rf"{INFORMATION}\s*{IS_NOT}\s+{SO}(?:{HAD}{HERE}|answerable\b)",
    rf"(?:information\s+|answer\s+|details?\s+|it\s+|this\s+|that\s+)?not\s+{SO}(?:{TOLD}|{HAD}|answerable|determinable){HERE}",
    r"not\s+(?:applicable|sure|certain)\W*$",
    r"(?:unknown|unanswerable|undetermined|unspecified|undisclosed|unclear|indeterminable|n/a|none\s+given|no\s+answer)\W*$",
    r"(?:not\s+enough|no|insufficient)\s+(?:info|data|context|evidence)\W*$",
    rf"{SUBJECT}\s+(?:is|was|remains)\s+(?:unknown|unanswerable|unspecified|undetermined|unclear)(?:\s*$|"
    rf"[.,;!]|\s+(?:from|in|based|as|who|what|when|where|how|whether|which)\b)",
    rf"(?:it|this|that)(?:'s|\s+is|\s+was)\s+(?:\w+\s+)?(?:unclear|unknown|(?:impossible|not\s+possible)\s+to\s+(?:\w+ly\s+)?(?:{DO}|know)|not\s+clear|(?:difficult|hard)\s+to\s+(?:{DO})|(?:beyond|outside)\s+(?:of\s+)?(?:my|the\s+scope|what)|"
    rf"not\s+something\b)|(?:this|that|it)\s+isn't\s+something\b",
    rf"(?:impossible|not\s+possible)\s+to\s+(?:\w+ly\s+)?(?:{DO}|know)|unclear\s+from\s+{THEM}|unable\s+to\s+{DO}|(?:cannot|can't|"
    rf"can\s+not|could\s+not|couldn't)\s+{DO}(?:\s*$|[.!,]|\s+(?:this|that|the|an?|from|based|it|your|any)\b)",
    rf"{THEM}\s+(?:simply\s+|just\s+)?(?:(?:do|does|did|is|are|was|were|has|have)\s+not|(?:do|does|did|is|"
    rf"are|was|were|has|have)n't)\s+(?:(?!be\b|to\b)\w+\s+){{0,3}}?{TELL}\b(?!\s+to\s+be)",
    rf"{THEM}\s+(?:do\s+not|does\s+not|don't|doesn't|did\s+not|didn't)\s*(?:$|[.!,;])",
    r"(?:it|this|that|they|the\s+(?:author|writer|speaker|narrator|question))?\s*(?:(?:do|does|did)\s+not|don't|doesn't|didn't)\s+"
    r"(?:\w+ly\s+)?(?:(?:mention|specify|state|name|address|discuss|reveal|disclose|indicate)\b|(?:cover|deal\s+with)\s+(?:this|that)\b)",
    r"(?:it|this|that)\s+(?:(?:does|did)\s+not|doesn't|didn't)\s+say(?:\s*$|[.,;]|\s+(?:who|what|when|where|how|why|which|if)\b)",
    rf"i\s+(?:don't|do\s+not)\s+(?:think|believe|see)\s+(?:that\s+)?{THEM}\s+(?:\w+\s+)?{TELL}",
    rf"(?:{THEM}|it|they)\s+(?:\w+\s+)?(?:contains?|provides?|offers?|includes?|gives?|has|have|makes?|mentions?|says?|"
    rf"holds?)\s+(?:no\s+(?:such|(?:\w+\s+){{0,3}}?(?:information|mention|answers?|"
    rf"references?|details?|data|indication|evidence|explanation))|nothing)\b",
    rf"{THEM}\s+(?:(?:is|are|seems?)\s+(?:silent|insufficient|unrelated|irrelevant|not\s+(?:relevant|sufficient|"
    rf"enough))|lacks?|omits?|fails?\s+to)\b",
    rf"(?:(?:{SUBJECT}|{THEM})\s+)?(?:cannot|can't|can\s+not|could\s+not|"
    rf"couldn't)\s+be\s+(?:\w+\s+)?(?:answered|determined|found|established|inferred|identified|derived|"
    rf"verified|known|provided|deduced|ascertained|concluded)\b",
    r"(?:could|can|would)\s+you\s+(?:please\s+)?(?:provide|clarify|specify|give|share)\b|please\s+(?:provide|"
    r"clarify|specify|share)\b|you\s+(?:need|have)\s+to\s+provide\b",
    r"i(?:'d|\s+would|\s+will)?\s+(?:need|require)\s+(?:more|additional|further)\b|(?:more|additional|"
    r"further)\s+(?:information|context|details)\s+(?:is|are|would\s+be)\s+(?:needed|required|necessary)",
    r"without\s+(?:more|further|additional|any|that|the|this|access|knowing|such)[^.]*?(?:can't|cannot|"
    r"can\s+not|unable|impossible|not\s+possible|difficult|no\s+way|hard)\b",
    r"(?:the|this)\s+question\s+(?:is\s+unanswerable|has\s+no\s+answer|cannot|can't)|i\s+(?:refuse|"
    r"must\s+decline|decline)\b|(?:out\s+of|beyond|outside)\s+(?:the\s+)?(?:scope|my\s+knowledge)",
)
OTHER_LANGUAGES = (
    # German
    r"(?:(?:leider|entschuldigung|(?:es\s+)?tut\s+mir\s+leid)[,.]?\s*(?:aber\s+)?)*(?:ich\s+(?:weiß|weiss|"
    r"kenne|habe|kann|konnte|finde)\s+(?:\w+\s+){0,6}?(?:nicht|kein\w*|nichts)\b|(?:ist|steht|wird|kann|"
    r"lässt|gibt|habe|weiß)\s+(?:\w+\s+){0,6}?(?:nicht|kein\w*|nichts)\b)",
    r"(?:dar[üu]ber|dazu|davon|hierzu)\s+(?:steht|gibt|finde[nt]?|liegen?|wird|habe|sagt|"
    r"sagen)\s+(?:\w+\s+){0,4}?(?:nichts|kein\w*|nicht)\b",
    r"(?:(?:das|dies|es|die\s+(?:antwort|frage|information\w*))\s+)?(?:steht|ist|wird|sind|werden|geht|"
    r"findet\s+sich|kann|lässt\s+sich)\s+(?:\w+\s+){0,3}?(?:nicht|nirgends)\s+(?:\w+\s+){0,3}?(?:(?:in|im|"
    r"aus|mit)\s+\w+|angegeben|bekannt|erwähnt|genannt|enthalten|ersichtlich|vorhanden|beantwort\w+|"
    r"bestimm\w+|hervor)",
    r"nicht\s+(?:(?:in|im|aus)\s+(?:den?|dem|der|diesen|dokument|text|kontext)\b|(?:angegeben|bekannt|erwähnt|beantwortbar|"
    r"enthalten|genannt|vorhanden)\W*$)|(?:leider\s+)?keine\s+(?:angaben?|information(?:en)?|antwort|daten)\b",
    r"(?:die|der|das|den|dieser?|dieses)\s+(?:\w+\s+)?\w*(?:dokument|text|kontext|unterlage|quelle|passage|"
    r"abschnitt|handbuch|auszug|auszüge)\w*\s+\w+\s+(?:\w+\s+){0,4}?(?:kein\w*|nicht|nichts)\b",
    r"(?:es\s+(?:gibt|liegen|finden\s+sich)|(?:in|aus)\s+(?:den|dem|der)\s+\w+\s+(?:steht|findet\s+sich|"
    r"finden\s+sich|gibt\s+es|wird|geht|ist|sind))\s+(?:\w+\s+){0,4}?(?:kein\w*|nichts|nicht)\b",
    r"(?:das|es|dies)\s+(?:weiß|weiss|kann|konnte)\s+ich\s+(?:\w+\s+){0,4}?nicht\b",
    r"(?:leider\s+)?(?:enthält|enthalten|nennt|nennen|sagt|sagen|erwähnt|erwähnen|gibt|geben)\s+(?:das|der|die|den|diese[rs]?)\s+"
    r"\w*(?:dokument|text|kontext|unterlage|quelle|passage|abschnitt|handbuch|auszug)\w*\s+(?:\w+\s+){0,4}?(?:kein\w*|nicht|nichts)\b",
    r"(?:leider\s+)?(?:(?:die|diese|das|der|mein\w*)\s+(?:[\w-]+\s+){1,5}?)?(?:reich|genüg)(?:t|en|te|ten)\s+(?:[\w-]+\s+){0,6}?"
    r"(?:dazu\s+|dafür\s+|hierfür\s+)?nicht(?:\s+aus)?\b",
    # French
    r"(?:(?:désolée?|malheureusement|je\s+suis\s+désolée?)[,.]?\s*(?:mais\s+)?)*je\s+(?:ne\s+(?:\w+\s+)?|n'|"
    r"suis\s+(?:dans\s+l')?)(?:sais|peux|dispose|trouve|ai|connais|incapa\w+|vois)\b",
    r"(?:(?:cette|l'|la|cela|ceci|ce)\s*(?:information|réponse)?\s*)(?:n'est|ne|n'y|"
    r"n'a)\s+(?:\w+\s+){0,2}?pas\b(?![^.!?]{1,60},\s*c'est\b)|(?:ce\s+n'est|cela\s+n'est)\s+pas\s+(?:mentionné|précisé|indiqué|dans)",
    r"(?:les?|la|ce|ces|cet)\s+(?:documents?|textes?|passages?|contextes?|extraits?|informations?|données|éléments|"
    r"articles?)\s+(?:\w+\s+)?(?:ne|n')\s*(?:(?:le|la|les|en|y)\s+|l')?\w+\s+(?:pas|rien|aucune?)",
    r"(?:non|pas)\s+(?:mentionné|précisé|indiqué|spécifié|disponible)\w*\W*$|(?:il\s+n'y\s+a\s+)?(?:pas\s+d'|"
    r"aucune?\s+)(?:information|réponse|mention|donnée)|pas\s+dans\s+les\s+\w+|impossible\s+(?:à|de)\s+\w+",
    # Spanish, Italian, Portuguese
    r"(?:(?:lo\s+siento|lamentablemente|desafortunadamente|perdón)[,.]?\s*(?:pero\s+)?)*no\s+(?:lo\s+)?(?:sé|"
    r"se\s+(?:menciona|indica|especifica|proporciona|sabe|puede)|puedo|tengo|dispongo|encuentro|encontré|"
    r"está\s+(?:en|especificad|indicad|disponible)|hay\s+(?:\w+\s+)?(?:información|datos|respuesta|"
    r"suficiente)|aparece|figura|consta|en\s+los\s+documentos)",
    r"(?:los?|el|la|las|este|estos|esta|esa)\s+(?:documentos?|textos?|pasajes?|contexto|información|"
    r"artículos?|fragmentos?|respuesta|pregunta)(?:\s+\w+)?\s+no\s+\w+|desconocid[oa]\W*$|"
    r"ninguna?\s+(?:información|respuesta|mención)",
    r"no\s+lo\s+(?:menciona|especifica|dice|indica|aclara)\b|non\s+(?:lo\s+so|posso|è\s+(?:specificato|menzionato|indicato))|i\s+documenti\s+non\b|não\s+(?:sei|"
    r"posso|há|é\s+mencionad)|os\s+documentos\s+não\b",
    r"(?:solo|sólo|solamente|únicamente)\s+puedo\s+(?:ayudar|responder|asistir)\w*|je\s+(?:peux|suis\s+là\s+pour)\s+(?:\w+\s+){0,2}?"
    r"(?:seulement|uniquement)\b|ich\s+kann\s+(?:dir|ihnen|euch)?\s*nur\s+(?:bei|mit|zu|fragen)\b",
    # Chinese, Japanese, Korean, Russian, Arabic, Hindi
    r"(?:(?:对不起|對不起|很?抱歉|不好意思)[,!。]?\s*(?:但是?)?)?我?(?:不能|无法|無法|不可以|没办法|沒辦法|不便)(?:够|夠)?(?:回答|代为|代您|代你|帮|幫|提供|协助|協助|满足|確定|确定|透露|告诉|告訴)",
    r"(?:申し訳(?:ありません|ございません)|すみません|残念ながら)[^。]{0,30}(?:ません|かねます)|[^。]{0,20}(?:お答え|回答|お手伝い)(?:すること(?:は|が))?(?:でき(?:ません|ない|かね)|(?:いた)?しかね)",
    r"(?:죄송|미안|유감)\w*[^.]{0,40}(?:없|않|모르|어렵)|[^.]{0,40}(?:알|찾을|답할|답변할|확인할|제공할)\s?수\s?없|[^.]{0,20}모르겠|[^.]{0,30}(?:언급|명시|기재)되(?:어\s?있)?지\s?않",
    r"(?:(?:извините|простите|к\s+сожалению|сожалею)[,.]?\s*(?:но\s+)?)*(?:я\s+)?не\s+(?:могу|знаю|имею\s+(?:\w+\s+)?(?:информации|данных|представления|доступа|ответа)|нашёл|нашел|нашла|располагаю|указан\w*|упомина\w*|сказано)",
    r"(?:(?:عذرا|عذرًا|آسف|للأسف|معذرة)[،,.]?\s*(?:لكن\s+|ولكن\s+)?)*(?:(?:أنا\s+)?لا\s+(?:أعرف|أستطيع|يمكنني|أعلم|أملك|يذكر|[تي]وجد\s+(?:معلومات|معلومة|إجابة|جواب|ذكر))|غير\s+(?:معروف|مذكور)|لم\s+(?:يذكر|يُذكر|أجد))",
    r"(?:(?:क्षमा\s+करें|माफ़\s+कीजिए|माफ\s+कीजिए|खेद\s+है)[,।]?\s*(?:लेकिन\s+)?)*(?:मुझे\s+(?:नहीं\s+पता|(?:यह\s+)?(?:पता|मालूम)\s+नहीं)|मैं[^।]{0,40}नहीं\s+(?:दे|कर|बता)\s+सक|[^।]{0,40}(?:जानकारी|उल्लेख)\s+नहीं)",
    r"(?:这|這|该|您的|你的)[^。,]{0,12}超出了?我的?(?:能力|知识|职责|服务)|[^。]{0,30},\s*我(?:无法|不能)(?:代为|帮|提供|回答)",
    r"[^。\w]{0,3}\w{0,10}(?:記載|言及|情報)[^。]{0,8}(?:ません|なし|ない)|(?:я\s+)?не\s+(?:знаю|указано|упоминается)|нет\s+(?:информации|данных)|nie\s+wiem|brak\s+informacji|"
    r"(?:ik\s+weet\s+het|wordt)?\s*niet\s*(?:vermeld|\W*$)|geen\s+informatie|\w{0,4}不知道|(?:文档|文件|文章|上下文|文中|资料)[^。]{0,8}(?:没有|未|不)|无法(?:回答|确定|得知)|没有(?:提到|提及|相关)|未(?:提及|提到|说明)|わかりません|"
    r"分かりません|(?:記載|情報)[^。]{0,6}(?:ません|なし|ない)|不明(?:です)?\W*$",
)

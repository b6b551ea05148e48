"""Sentences in which a named source says nothing of it: "the contract does not specify a date", in many languages.

A source that does not cover, sell or have something tells of that thing; one that does not mention it tells nothing.
"""

_SOURCES = """
documents? documentation passages? contexts? texts? sources? articles? paragraphs? excerpts? snippets? handbook
materials? files? pages? records? reports? emails? e-mails? letters? contracts? agreements? stud(?:y|ies) papers?
manuals? guides? polic(?:y|ies)
transcripts? stor(?:y|ies) books? chapters? novels? poems? websites? tables? charts? figures?
lists? results? conversations? chats? histor(?:y|ies) memos? minutes notes? messages? posts? reviews? forms? invoices?
bills? statements? schedules? slides? presentations? databases? datasets? logs?
descriptions? abstracts? summar(?:y|ies) plots?
scripts? dialogues? evidence specifications? recipes? leaflets? authors? writers? narrators? speakers?
"""
SOURCE = f"(?:{'|'.join(_SOURCES.split())})"
THE = (
    rf"(?:(?:the|this|these|those|that|your|our|my|any|his|her|"
    rf"their)\s+)(?:[\w'-]+\s+){{0,3}}?{SOURCE}(?:\s+(?:provided|given|above))?"
)
SAYS = (
    r"(?:mention|specif|stat(?:e|es|ed)\b|sa(?:y|ys|id)\b|indicat|disclos|reveal|clarif|note|explain|describ|"
    r"identif|list|name|address|discuss|tell|report)\w*"
)
KNOWN = (
    r"(?:information|details?|data|figures?|answers?|mention|facts?|specifics|clues?|indication|evidence|"
    r"numbers?|explanation)"
)
HOLDS = r"(?:provid|giv|gave|contain|includ|offer|ha(?:ve|s|d)\b|hold|show|mak|made)\w*"
GIVES = rf"{HOLDS}\s+(?:(?:any|enough|sufficient|the|specific|such|further|much)\s+)*(?:[\w'-]+\s+)?{KNOWN}\b"
# nouns for a source, what negates, and what it would say
_ABROAD = (
    (  # French
        r"(?:les?|la|l'|ce|cet|cette|ces|mon|votre|notre)\s*(?:contrats?|rapports?|lettres?|courriels?|"
        r"e-?mails?|études?|livres?|histoires?|"
        r"auteurs?|tableaux?|tableau|sites?|manuels?|guides?|récits?|textes?|documents?|articles?|"
        r"passages?)(?:\s+[\w'-]+){0,3}?",
        r"\s+(?:ne\s+|n')(?:\w+\s+)?(?:précis|mentionn|indiqu|di[ts]|spécifi|parl|évoqu|révèl|nomm|"
        r"cit)\w*\s+(?:pas|rien|aucun\w*)",
    ),
    (  # German
        r"(?:(?:der|die|das|dieser?|dieses|diese|im|in\s+der|in\s+dem|laut|"
        r"aus\s+de[mr])\s+)(?:[\w-]+\s+){0,2}?\w*(?:vertrag|bericht|brief|e-?mail|"
        r"studie|buch|geschichte|tabelle|autor\w*|artikel|webs\w+|text|dokument|quelle|handbuch|abschnitt)\w*",
        r"\s+(?:nenn|enthält|enthalten|erwähn|sagt|gibt(?!\s+es)|macht|liefer|beschreib|wird|werden|ist|steht|"
        r"findet|geht)\w*\s+(?:[\w-]+\s+){0,3}?"
        r"(?:kein\w*|nichts?)\b(?:\s+(?:[\w-]+\s+){0,3}?(?:genannt|erwähnt|angegeben|hervor|gesagt|angaben?|"
        r"informationen|datum|preis|name\w*|"
        r"zahl\w*|daten|hinweis\w*|auskunft)\b|\s*[.!]|\s*$|\s+(?:zu|über|dazu|darüber)\b)",
    ),
    (  # Spanish
        r"(?:el|la|los|las|este|esta|estos|estas|su)\s+(?:contratos?|informes?|cartas?|correos?|estudios?|"
        r"libros?|historias?|autor\w*|tablas?|"
        r"sitios?|manual|textos?|documentos?|artículos?|pasajes?)(?:\s+\w+){0,2}?",
        r"\s+no\s+(?:\w+\s+)?(?:mencion|especific|indic|dice|precis|aclar|revel|nombr)\w*",
    ),
    (  # Italian and Portuguese
        r"(?:il|lo|la|l'|i|gli|le|o|a|os|as|este|esta|esse|questo|questa)\s*(?:test[oi]|document[oi]s?|"
        r"contratt[oi]|articol[oi]|passaggi[oi]?|bran[oi]|"
        r"rapport[oi]|textos?|contratos?|artigos?|trechos?|relatórios?|autor\w*|manual\w*)(?:\s+\w+){0,2}?",
        r"\s+(?:non|não)\s+(?:\w+\s+)?(?:specific|menzion|mencion|indic|dice|diz|riport|inform|especific|cit|"
        r"nomin|rivel|revel)\w*",
    ),
    (  # Dutch and Polish
        r"(?:(?:de|het|deze|dit)\s+(?:tekst|document|artikel|contract|passage|rapport|verhaal|auteur)\w*|"
        r"(?:tekst|dokument|artykuł|fragment|autor)\w*)",
        r"\s+(?:(?:vermeld|noem|specificeer|geef|bevat|zeg)\w*\s+(?:[\w-]+\s+){0,3}?(?:niet|geen|niets)|"
        r"nie\s+(?:podaj|zawier|wspomin|określ|mówi)\w*)",
    ),
    (  # Russian
        r"(?:в\s+)?(?:(?:данном|этом|предоставленном|этот|данный)\s+)?(?:текст|документ|стать|контекст|договор|"
        r"отрывк|отч[её]т|источник|автор)\w*",
        r"\s+(?:\w+\s+)?(?:не\s+(?:указ|упом|сказан|содерж|говор|сообща|привод|назыв)\w*|"
        r"нет\s+(?:\w+\s+)?(?:информации|данных|сведений|упоминани\w*|ответа))",
    ),
    # Korean
    (r"(?=[가-힣])[^.]{0,20}(?:본문|문서|글|텍스트|지문|자료|문맥|기사)",
     r"[^.]{0,25}(?:나와|언급|명시|기재|포함|확인|제공)[^.]{0,8}(?:않|없)"),
    (  # Chinese
        r"(?:根据|根據|从|從|基于)[^,。]{0,12}(?:信息|文本|文章|资料|資料|内容|內容|上下文|材料|文档|描述)[^,。]{0,4},?\s*",
        r"(?:我们?)?(?:无法|無法|不能|没有|沒有|未)",
    ),
    (r"(?:metin|belge|bağlam|makale|sözleşme)\w*", r"[^.]{0,30}(?:belirtilme|bahsedilme|bahsetm|yer\s+alm|"
    r"bilgi\s+(?:yok|bulunm))"),  # Turkish
    (r"(?:văn\s+bản|tài\s+liệu|đoạn\s+văn|ngữ\s+cảnh|bài\s+(?:viết|báo))", r"[^.]{0,20}không\s+(?:đề\s+cập|nêu|"
    r"có\s+thông\s+tin|cung\s+cấp|chỉ\s+rõ|nói)"),
    (r"(?:teks|dokumen|konteks|artikel)\w*(?:\s+\w+){0,2}?", r"\s+tidak\s+(?:menyebut|mencantum|memberi|"
    r"menjelas|memuat)\w*"),  # Indonesian
)  # fmt: skip
_INFORMATION = (
    r"(?:informa\w+|informations?|détails?|detalles?|dettagli|detalhes|données?|datos|dati|dados|"
    r"respuesta|réponse|risposta)"
)
_HOLD = r"(?:contien|contiene|contém|fourni|fornis|fornec|donn|da|dá|offr|ofrec|oferec|inclu|proporcion|propon)"
_ROMANCE = "|".join(noun for noun, _ in (_ABROAD[0], _ABROAD[2], _ABROAD[3]))
SILENT = (
    rf"{THE}\s+(?:(?:simply\s+|just\s+)?(?:(?:do|does|did|has|have)(?:\s+not|n't)|never)\s+(?:\w+ly\s+)?(?:{SAYS}|{GIVES}|"
    rf"(?:include|mention|contain|cover|address)\s+(?:this|that|it)\b|"
    rf"(?:include|contain|provide|give|show)\s+(?:any\s+)?[\w'-]+\s+(?:for|on|about|of|regarding)\b)"
    rf"|{HOLDS}\s+no\s+(?:\w+\s+){{0,3}}?{KNOWN}\b|(?:\w+\s+)?(?:(?:is|are|was)\s+silent|fails?\s+to\s+{SAYS}))",
    *(f"{noun}{silent}" for noun, silent in _ABROAD),
    rf"(?:{_ROMANCE})\s+(?:ne\s+|n'|no\s+|non\s+|não\s+){_HOLD}\w*\s+(?:[\w']+\s+){{0,2}}?(?:d')?{_INFORMATION}\b",
)

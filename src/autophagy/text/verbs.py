"""The verb and the noun of an instruction, by rules: "Write a short poem about rain" is write, poem.

Made for English instructions, which begin with their verb or with few words before it. It is no parser: questions and
statements have no pair, and nor has a verb that the list lacks.

Ref: Wang et al. (2023), "Self-Instruct", figure 3, which takes root verb and direct object from a parser.
"""

import re

LISTED = re.compile(r"\S+")
VERBS = frozenset(
    LISTED.findall(
        """
        accept add adjust advise analyse analyze annotate answer apply argue arrange articulate ask assemble
        assess assign assume balance brainstorm break bring build calculate call capitalize categorise
        categorize change check choose cite clarify classify clean code collect combine come comment compare
        compile complete compose compute condense conduct connect consider construct contrast convert convince
        copy correct count craft create criticize critique debate debug decide decode decompose decrypt deduce
        define delete deliver demonstrate derive describe design detect determine develop devise diagnose
        differentiate discover discuss distinguish divide draft draw edit elaborate eliminate encode encrypt
        enumerate estimate evaluate examine execute expand explain explore express extend extract fill filter
        find finish fix follow forecast form format formulate gather generate get give group guess help
        highlight hypothesize identify illustrate imagine implement improve include increase infer inform
        insert interpret introduce invent judge justify keep label learn leave link list locate look make map
        mark match measure mention merge minimize modify multiply name narrate navigate negotiate note number
        offer open order organise organize outline output paraphrase pick plan play point predict prepare
        present prioritize process produce program proofread propose prove provide punctuate put rank rate
        read rearrange recall recite recommend reconstruct record reduce refactor reformat relate remove
        rename reorder reorganize repeat rephrase replace reply report represent research respond restate
        return reverse review revise reword rewrite role-play round say search select send separate set share
        shorten show simplify simulate sketch solve sort speculate spell split spot state structure substitute
        subtract suggest sum summarise summarize supply support swap take talk tell test think trace
        transcribe transform translate turn unscramble update use verify visualize vote write
        """
    )
)
LEAD = re.compile(  # what stands before the verb of an order
    r"(?:(?:please|kindly|now|then|first|next|so|ok|okay|hi|hello|hey)\b[\s,]*"
    r"|(?:can|could|would|will) you (?:please )?(?:help me (?:to )?)?"
    r"|(?:i|we) (?:want|need|would like|'d like) you to |i'd like you to |help me (?:to )?"
    r"|you (?:are asked|are required|need|have|should|must|will|are going) (?:to )?"
    r"|(?:your|the) (?:task|job|goal) is to |in this task,? (?:you (?:need|have) to )?|try to |let's )+"
)
BEFORE = re.compile(  # a clause or a phrase before the verb, up to its comma or stop: "Given a text, write ..."
    r"(?:given|using|based|for|in|from|as|if|with|to|when|suppose|imagine|assume|by|on|here|below|after|before|i|you)\b"
    r"[^.!?:]{0,200}?[.,!?:]\s+"
)
WORDS = re.compile(r"[a-z]+(?:['’-][a-z]+)*|[^\sa-z]")  # a word, or a sign by itself
SKIPPED = frozenset(LISTED.findall("me us you him her them it a an the this that these those some any your my our its"))
ENDS = frozenset(
    LISTED.findall(
        """
        about above according across after against along among and are around as at based be because before
        behind below between but by can could do does during each every for from has have how if in include
        including into is it like near of off on onto or out over so such than that their then there they
        through to toward under until up upon using was were what when where whether which while who whom
        whose why will with within without would you
        """
    )
)
PARTICLES = frozenset(
    LISTED.findall("up down out in with")
)  # that belong to the verb: come up with, write down, fill in
OF = frozenset(
    LISTED.findall("list set number series couple pair piece kind type sort variety")
)  # what is counted, not meant
ORDERS = 3  # clauses before the verb


def verb_noun(text: str) -> tuple[str, str] | None:
    """The verb of an instruction and the noun that it acts on, "" where none is found; None without a verb."""
    rest = text.strip().lower().replace("’", "'")
    for _ in range(ORDERS):
        rest = rest[match.end() :] if (match := LEAD.match(rest)) else rest
        words = WORDS.findall(rest[:400])
        if words and words[0] in VERBS:
            first = next((place for place, word in enumerate(words[1:3], 1) if word not in PARTICLES), 3)
            return words[0], _noun(words[first:])
        clause = BEFORE.match(rest)
        if not clause:
            return None
        rest = rest[clause.end() :]
    return None


def _noun(words: list[str]) -> str:
    """The last word of the first group of words, which in English is its noun: "a short poem" before "about"."""
    noun = ""
    for place, word in enumerate(words):
        if word in SKIPPED and not noun:
            continue
        if word == "of" and noun in OF | {f"{each}s" for each in OF}:
            return _noun(words[place + 1 :]) or noun
        if word in ENDS or not word[0].isalpha() or word in SKIPPED:
            if noun or word in ENDS:
                break
            continue
        noun = word
    return noun

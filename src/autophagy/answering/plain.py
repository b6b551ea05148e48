"""From what a model wrote to its answer: without its reasoning, stop tokens, a preamble, or a fence around it."""

import re
from dataclasses import dataclass

TAGS = "think|thinking|thought|thoughts|reasoning|reflection|scratchpad|seed:think"
# reasoning between marks, as models write them at the start of a line: opening, closing
MARKS = tuple(
    (re.compile(rf"(?m)^\s*{opening}", re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (
        (rf"<(?:{TAGS})>", rf"</(?:{TAGS})>"),
        (r"\[THINK\]", r"\[/THINK\]"),
        (r"<\|(?:begin_of_thought|start_thinking|think)\|>", r"<\|(?:end_of_thought|end_thinking|/think)\|>"),
        (r"◁think▷", r"◁/think▷"),
        (r"<(?:details) type=\"reasoning\"[^>]*>", r"</(?:details)>"),  # as Open WebUI folds it
        (r"Thinking\.\.\.[ \t]*$", r"(?m)^\s*\.\.\.\s?done thinking\.?"),
        (r"<unused94>(?:thought)?", r"<unused95>"),
    )
)
# OpenAI's open models speak in channels, whose control tokens some servers take away
CHANNEL = re.compile(
    r"<\|channel\|>\s*(\w+)[^<]*<\|message\|>(.*?)(?=<\|(?:end|return|call|start|channel)\|>|\Z)", re.DOTALL
)
# channels of harmony whose marks a server has dropped: "analysisWe need ... assistantfinal42"
BARE_CHANNEL = re.compile(r"\A(?:analysis|commentary)(?=[A-Z\s])(.*?)(?:assistant\s*final(.*))?\Z", re.DOTALL)
# the part that a template marks as the answer
FINAL = re.compile(
    r"<(answer|response|output)>(.*?)(?:</\1>|\Z)"
    r"|<\|(?:begin_of_solution|start_response|begin_of_box)\|>(.*?)(?:<\|(?:end_of_solution|end_response|end_of_box)\|>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# what ends a turn, behind which a model only plays the next one
END = re.compile(
    r"<\|(?:im_end|eot_id|eom_id|endoftext|end_of_text|end|return|eot|end_of_turn|end_of_turn_token|im_start|"
    r"start_header_id|user|system)\|>|<(?:end_of_turn|start_of_turn|end_of_utterance|eos|EOT|\|EOT\|)>|"
    r"<｜(?:end▁of▁sentence|User)｜>|\[/?INST\]|</s>",
    re.IGNORECASE,
)
# tokens of a template in front of an answer
BEGIN = re.compile(
    r"\A\s*(?:<s>(?!.*</s>\s*\S)|<bos>|<\|begin_of_text\|>|<｜begin▁of▁sentence｜>|<｜Assistant｜>|"
    r"<\|im_start\|>\s*(?:assistant)?|<start_of_turn>\s*(?:model|assistant)?|<\|assistant\|>|"
    r"<\|start_header_id\|>\s*assistant\s*<\|end_header_id\|>|<\|start\|>\s*assistant|\[/INST\]|"
    r"(?:### ?)?(?:Assistant|Response)\s*:(?=\s*\S))\s*",
    re.DOTALL,
)
POLITE = (
    r"(?:sure(?: thing)?|certainly|of course|absolutely|gladly|great question|good question|okay|ok|"
    r"natürlich|gerne?|klar|selbstverständlich|bien sûr|certainement|avec plaisir|claro(?: que sí)?|por supuesto|"
    r"certo|certamente)"
)
HERE = r"(?:here(?:['’]s| is| are| you go)|hier (?:ist|sind)|voici|aquí (?:está|tienes)|ecco)\b[^\n:.!?]{0,80}:"
BOLD = r"(?:\*\*|__)?"
WORD = r"(?:the |my |final |die |la )*(?:answer|antwort|réponse|respuesta|risposta)"
HEADING = rf"(?:#{{1,6}}[ \t]*{BOLD}{WORD}:?{BOLD}|\*\*{WORD}:?\*\*)[ \t]*:?[ \t]*\n"  # a line of its own
ANSWER = rf"{BOLD}{WORD}{BOLD}\s*:{BOLD}"
# politeness in front: "Sure! Here is the answer:"
PREAMBLE = re.compile(rf"\A(?:{POLITE}\s*[!.,]\s+)?(?:{HERE}\s+|{HEADING}\s*|{ANSWER}\s+)?", re.IGNORECASE)
REASONS = re.compile(r"<think|\[THINK\]|reasoning", re.IGNORECASE)  # in the chat template of a model that reasons
# an answer that is one block of code, or one word of code
FENCE = re.compile(r"\A(`{3,}|~{3,})[^\n`]*\n(.*?)\n?\1\s*\Z|\A`([^`\n]+)`\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Plain:
    """The answer in a text, the reasoning before it, and whether that reasoning never came to an end.

    `written` is the answer with the marks, the preamble or the fence around it, and `ended` says that a token ends it.
    """

    text: str
    reasoning: str = ""
    open: bool = False
    written: str = ""
    ended: bool = False


def plain(text: str) -> Plain:
    """Split what a model wrote; an answer that is nothing but marks or a preamble is left as it is."""
    said, reasoning, unfinished = _reasoned(_begun(text))
    whole = _begun(said)
    written = _ended(whole).strip()
    ended = len(_ended(whole)) < len(whole)
    final = FINAL.search(said)
    if final and not said[: final.start()].strip() + said[final.end() :].strip():
        said = next(part for part in final.groups()[1:] if part is not None)
    said = _ended(_begun(said)).strip()
    said = _opened(said).strip() or said
    fence = FENCE.match(said)
    if fence:
        said = (fence[2] if fence[3] is None else fence[3]).strip() or said
    return Plain(said, reasoning.strip(), unfinished, written, ended)


def _opened(text: str) -> str:
    """The text without its preamble; a bold print that began within it ends with it."""
    preamble = PREAMBLE.match(text)
    if not preamble:
        return text
    rest = text[preamble.end() :]
    return rest.replace("**", "", 1) if preamble[0].count("**") % 2 else rest


def reasons(template: object) -> bool:
    """Whether a chat template is that of a model that is taught to reason before it answers."""
    return bool(REASONS.search(str(template or "")))


def _begun(text: str) -> str:
    """The text without the tokens that begin a turn."""
    while (begin := BEGIN.match(text)) and begin.end():
        text = text[begin.end() :]
    return text


def _ended(text: str) -> str:
    """The text up to the first token that ends a turn; </s> also closes what <s> has struck out."""
    for end in END.finditer(text):
        if end[0].lower() != "</s>" or "<s>" not in text[: end.start()].lower():
            return text[: end.start()]
    return text


def _reasoned(text: str) -> tuple[str, str, bool]:
    """The text without its reasoning, the reasoning, and whether it is open."""
    if "<|channel|>" in text:
        parts = CHANNEL.findall(text)
        final = [said for channel, said in parts if channel == "final"]
        reasoning = "\n".join(said for channel, said in parts if channel != "final")
        return "".join(final), reasoning, not final
    if (bare := BARE_CHANNEL.match(text)) and bare[2] is not None:
        return bare[2], bare[1], False
    for opening, closing in MARKS:
        begin, ends = opening.search(text), list(closing.finditer(text))
        if begin and not any(end.start() >= begin.end() for end in ends):
            return text[: begin.start()], text[begin.end() :], True
        if ends:
            last = ends[-1]
            start, before = (begin.end(), text[: begin.start()]) if begin and begin.start() < last.start() else (0, "")
            return f"{before}{text[last.end() :]}", text[start : last.start()], False
    return text, "", False

"""Names by which columns and arrays are known, in small letters."""

import re
from collections.abc import Iterable, Sequence

X_NAMES = ("x", "x_train", "images", "image", "pixels", "data", "features", "arr_0")
LABEL_NAMES = ("label", "labels", "class", "target", "y", "y_train")
TARGET_NAMES = (*LABEL_NAMES, "score", "rating", "ratings", "stars", "sentiment", "grade")  # what is said of a text
TEXTS = (
    *("text", "content", "contents", "body", "document", "article", "passage", "story", "raw_content"),
    *("full_text", "selftext", "content_text", "content_html"),
)  # of any verb
TEXT_NAMES = (
    *TEXTS,
    *("abstract", "transcript", "tweet", "sentence", "review"),
    *("messages", "conversations", "chat_messages", "mapping"),
)
# the answer of a pair that nobody wants to learn from
REJECTED = re.compile(r"(?:.*[ _.])?(?:rejected|non_preferred|negatives?|neg|loser)(?:[ _.].*)?")
LIST_NAMES = ("embedding", "embeddings", "vector", "vectors")
INDEX_NAMES = ("", "id", "index", "unnamed: 0")
_ASKED = """
frage pregunta domanda pergunta vraag pytanie otázka вопрос 问题 問題 質問 질문 soru fråga spørgsmål spørsmål kysymys
kérdés întrebare ερώτηση سؤال प्रश्न
"""
_ANSWERED = """
antwort respuesta réponse reponse risposta resposta antwoord odpowiedź odpověď ответ 答案 回答 答え 답변 정답 cevap
svar vastaus válasz răspuns απάντηση جواب उत्तर
"""
_HELD = "dokument documento документ 文档 文書 문서 belge dokumentum έγγραφο مستند"
# question, answer, and the document that holds it, as sheets of other languages call them
ASKED, ANSWERED, HELD = _ASKED.split(), _ANSWERED.split(), _HELD.split()
# "Unnamed: 0.1", "__index_level_0__", "rownames": what libraries call the number of a row
INDEX = re.compile(
    r"unnamed: \d[\d._]*|__index_level_\d+__|level_\d|row_?(?:names?|num|number|index)|"
    r"(?:column|col|field|var|v)[ _]?\d+"
)
IDENTIFIER = re.compile(
    r".*([_ .][Ii][Dd]|[a-z]I[dD])|[Ii][Dd]|(.*\.)?(OBJECTID|FID|BIN)"
)  # "user_id", "Order ID", "userId", "ID"
# "respid", "LEID", where each row has another; but not what was paid, and no acid
GLUED = re.compile(r"(?:.*[ _.])?[a-z]+id")
NO_IDS = re.compile(
    r".*(?:paid|grid|acid|luid|quid|humid|solid|void|covid|valid|rapid|raid|roid|loid|lipid|plasmid|hybrid|amid|\b[abklmr]id)"
)
# "Invoice No.", "number", "Record Number", where they only rise or fall
NUMBERED = re.compile(
    r"(?:.*[ _.])?(?:s?no|nr|num|numero|seq|sequence|record|rec|rn|obs|observation|row|line|case)\.?|"
    r".*(?:number|nummer)|#"
)
# numbers of four digits and more that are no quantities: "zipcode", "EAN", "Phone Number", "Account", "Personalnummer"
_CODED = "account|acct|konto|iban|bic|blz|routing|zip|postal|post|barcode|phone|telephone|telefon|mobile|fax"
_COUNTED = (
    "article|batch|card|case|contract|customer|employee|flight|house|invoice|item|licen[cs]e|lot|member|order|part|"
    "passport|patient|permit|personnel|policy|revision|room|serial|staff|street|student|tax|ticket|vat"
)
CODE = re.compile(
    rf"(?:.*[ _.])?(?:{_CODED})(?:[ _.-]?(?:no|nr|num|number|code)\.?)?|"
    rf"(?:.*[ _.])?(?:{_COUNTED})[ _.-]?(?:no|nr|num|number|code)\.?|.*nummer|plz|postleitzahl|cep|"
    r"ean(?:[ _-]?\d+)?|gtin|isbn(?:[ _-]?\d+)?|issn|upc|ssn|fips|imei"
)
FOOTNOTES = re.compile(r"(?:.*[ _.])?(?:footnotes?|fu(?:ss|ß)noten?)")
VERSION = re.compile(r"(?:.*[ _.])?(?:version|outline(?:[ _.](?:number|level))?|wbs)")  # where 1.10 comes behind 1.9
KNOWN = frozenset((*X_NAMES, *TEXT_NAMES, *LIST_NAMES, *LABEL_NAMES)) - {"0"}  # names that no cell would be


def liked(names: Iterable[str]) -> list[str]:
    """The names without those of answers that were rejected, where there are others."""
    names = list(names)
    return [name for name in names if not REJECTED.fullmatch(name.lower())] or names


def is_added(name: str, columns: Iterable[str]) -> bool:
    """Whether a column is called as what a store or a program adds to the rows of others, such as _score or _index."""
    return _is_inner(name) and not all(_is_inner(other) for other in columns if other)


def _is_inner(name: str) -> bool:
    return name.startswith("_") and "." not in name


def first_named(names: Sequence[str], columns: Sequence[str]) -> str | None:
    """The column that is called by the first of the names that any has, whatever its case; None where none is.

    A column of an object within an object, such as `row.text`, counts where none has the name alone.
    """
    lower = {column.lower().rpartition(".")[2]: column for column in reversed(columns)}
    lower |= {column.lower(): column for column in columns}
    return next((lower[name] for name in names if name in lower), None)

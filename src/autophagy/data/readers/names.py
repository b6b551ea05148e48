"""Names by which columns and arrays are known, in small letters."""

import re
from collections.abc import Sequence

X_NAMES = ("x", "x_train", "images", "image", "pixels", "data", "features", "arr_0")
LABEL_NAMES = ("label", "labels", "class", "target", "y", "y_train")
TARGET_NAMES = (*LABEL_NAMES, "score", "rating", "ratings", "stars", "sentiment", "grade")  # what is said of a text
TEXT_NAMES = (
    "text",
    "document",
    "content",
    "story",
    "article",
    "messages",
    "conversations",
    "sentence",
    "review",
    "chat_messages",
    "mapping",
)
LIST_NAMES = ("embedding", "embeddings", "vector", "vectors")
INDEX_NAMES = ("", "id", "index", "unnamed: 0")
# "Unnamed: 0.1", "__index_level_0__", "rownames": what libraries call the number of a row
INDEX = re.compile(
    r"unnamed: \d[\d._]*|__index_level_\d+__|level_\d|row_?(?:names?|num|number|index)|"
    r"(?:column|col|field|var|v)[ _]?\d+"
)
IDENTIFIER = re.compile(
    r".*([_ .][Ii][Dd]|[a-z]I[dD])|[Ii][Dd]|(.*\.)?(OBJECTID|FID)"
)  # "user_id", "Order ID", "userId", "ID"
KNOWN = frozenset((*X_NAMES, *TEXT_NAMES, *LIST_NAMES, *LABEL_NAMES)) - {"0"}  # names that no cell would be


def first_named(names: Sequence[str], columns: Sequence[str]) -> str | None:
    """The column that is called by the first of the names that any has, whatever its case; None where none is.

    A column of an object within an object, such as `row.text`, counts where none has the name alone.
    """
    lower = {column.lower().rpartition(".")[2]: column for column in reversed(columns)}
    lower |= {column.lower(): column for column in columns}
    return next((lower[name] for name in names if name in lower), None)

"""Styles in which a text can be told again with the same facts, each as it completes "write it ..."."""

STYLES = {
    "other_words": "in other words",
    "news": "as a short news item",
    "questions": "as questions with their answers",
    "letter": "as a letter to a friend",
    "list": "as a list of facts, each a full sentence that names its subject",
    "backwards": "in the order from last to first",
    "encyclopedia": "as an entry of an encyclopedia",
    "child": "for a child",
    "talk": "as a talk between two people",
    "notes": "as notes that a reader has taken",
}

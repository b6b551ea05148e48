"""What the figures of variety are called in tables and charts, as the field writes them."""

TITLES = {
    "verb_noun_entropy": "verb-noun entropy",
    "vendi_score": "Vendi score",
    "nearest_rouge_l": "ROUGE-L to the nearest row",
    "self_bleu": "self-BLEU",
}


def title_of(name: str) -> str:
    """The title of a figure."""
    return TITLES.get(name, name.replace("_", " "))

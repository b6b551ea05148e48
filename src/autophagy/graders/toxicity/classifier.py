"""Classifier: a folder of the user's with a model that sorts texts, read without running any of its code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...core.errors import DataError, need
from .scorer import digest_of, known

TOXIC = frozenset({"toxic", "toxicity", "hate", "hateful", "hate speech", "offensive", "abusive", "abuse", "hostile"})
BENIGN = frozenset(
    {
        *("non toxic", "not toxic", "nontoxic", "neutral", "none", "neither", "normal", "clean", "acceptable", "safe"),
        *("non hate", "not hate", "nothate", "no hate", "non offensive", "not offensive", "non hateful", "benign"),
    }
)
MULTI, SINGLE = "multi_label_classification", "single_label_classification"
LONGEST = 512  # tokens in a window, where the tokenizer does not say how many it takes


@dataclass(frozen=True)
class ClassifierScorer:
    """The model's probability that a text is toxic, at the highest of its windows where a text is longer than one."""

    network: Any
    tokenizer: Any
    place: int  # of the label that is read
    turned: bool  # that label stands for what is not toxic
    several: bool  # each label is a question of its own
    digest: str

    @classmethod
    def load(cls, path: str) -> "ClassifierScorer":
        """The model in a folder; raises DataError where it is none, or its labels do not say which one is toxic."""
        folder = Path(path)
        config = _config(folder)
        place, turned, several = toxic_label(config, path)
        weights = sorted(folder.glob("*.safetensors"))
        if not weights:
            raise DataError(
                f"the classifier {path} has no weights in safetensors: save it with safe_serialization=True."
            )
        transformers = need("transformers", "a classifier of toxicity")
        broken = need("safetensors", "a classifier of toxicity").SafetensorError
        try:
            model = transformers.AutoModelForSequenceClassification
            network = model.from_pretrained(path, use_safetensors=True, local_files_only=True, trust_remote_code=False)
            tokenizer = transformers.AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
        except (OSError, ValueError, KeyError, RuntimeError, broken) as error:
            reason = f"cannot be loaded ({_first(error)})"
            raise DataError(f"the classifier {path} {reason}: save its model and its tokenizer.") from error
        digest = digest_of("classifier", json.dumps(config, sort_keys=True), *(file.read_bytes() for file in weights))
        return cls(network.eval(), tokenizer, place, turned, several, digest)

    def __call__(self, texts: Sequence[str]) -> list[float]:
        """The score of each text."""
        return [self._score(text) for text in texts]

    def _score(self, text: str) -> float:
        torch = need("torch", "a classifier of toxicity")
        longest = min(self.tokenizer.model_max_length, LONGEST)
        windows = self.tokenizer(
            text, truncation=True, max_length=longest, stride=longest // 8, return_overflowing_tokens=True,
            padding=True, return_tensors="pt",
        )  # fmt: skip
        windows.pop("overflow_to_sample_mapping", None)
        with torch.inference_mode():
            logits = self.network(**windows).logits.double()
        odds = torch.sigmoid(logits) if self.several else torch.softmax(logits, dim=-1)
        found = odds[:, self.place]
        return known(float((1 - found if self.turned else found).max()))


def toxic_label(config: Mapping[str, Any], path: str) -> tuple[int, bool, bool]:
    """The label to read, whether it stands for what is not toxic, and whether each label is a question of its own.

    Raises DataError where the configuration does not say.
    """
    labels = {str(name).lower().replace("_", " ").replace("-", " "): int(n) for n, name in _labels(config).items()}
    toxic, benign = sorted(TOXIC & labels.keys()), sorted(BENIGN & labels.keys())
    several = config.get("problem_type") == MULTI
    if several and len(exact := [name for name in toxic if name.startswith("toxic")] or toxic) == 1:
        return labels[exact[0]], False, True
    if not several and config.get("problem_type") in (None, SINGLE) and len(labels) > 1:
        if len(benign) == 1 and (toxic or len(labels) > 2):
            return labels[benign[0]], True, False
        if len(toxic) == 1 and len(labels) == 2:
            return labels[toxic[0]], False, False
    names = ", ".join(map(str, _labels(config).values())) or "none"
    raise DataError(
        f"the labels of the classifier {path} ({names}) do not say which one is toxic: name them in id2label of its "
        f"config.json, such as toxic and neutral."
    )


def _labels(config: Mapping[str, Any]) -> Mapping[str, Any]:
    labels = config.get("id2label")
    return labels if isinstance(labels, Mapping) else {}


def _config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"the classifier {folder} has no readable config.json: name a folder with one.") from error
    if not isinstance(config, dict):
        raise DataError(f"the config.json of the classifier {folder} is no object: save the model again.")
    return config


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]

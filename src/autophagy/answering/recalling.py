"""A model some of whose answers are there already, so that nothing is asked twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .language_model import ANSWER, Completion, LanguageModel, Seeds


@dataclass(frozen=True)
class Recalling:
    """A model with what it has `said` to some prompts, the likeliest token each time; it is asked the others."""

    model: LanguageModel
    said: Mapping[str, Completion]

    @property
    def name(self) -> str:
        """That of the model."""
        return self.model.name

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """The completion of each prompt, in order."""
        known = {} if temperature else self.said
        others = [prompt for prompt in prompts if prompt not in known]
        seed = None if known else seed  # which is for what is drawn
        made = iter(self.model.complete(others, max_tokens=max_tokens, temperature=temperature, seed=seed))
        return [known[prompt] if prompt in known else next(made) for prompt in prompts]

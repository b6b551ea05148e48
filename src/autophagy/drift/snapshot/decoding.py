"""How answers are decoded."""

from dataclasses import dataclass

LONG = 1024  # tokens that an answer may have unless told: a chain of thought


@dataclass(frozen=True, slots=True)
class Decoding:
    """How answers are decoded: the temperature, the most tokens, and the root of the seeds that they are drawn with."""

    temperature: float = 0.0
    max_tokens: int = LONG
    seed: int = 0

    def seed_of(self, task: str, question: str, sample: int) -> int:
        """The seed of one answer, a number below 2**31."""
        from ...core.streams import stream  # NumPy, which the flags do not need

        return int(stream(self.seed, f"answer {task} {question}", run=sample).integers(2**31))

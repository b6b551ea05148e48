"""Payloads: long encoded runs that spell something, or may be a program."""

import numpy as np

from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import Samples
from ..found import verdict_of
from .encoded import encoded


@curator(
    "payloads",
    of="text",
    title="Encoded payloads",
    says="hold long encoded runs that spell a text or may be a program",
    advice="Read what they decode to: an order or a program in code has no place in a text to learn from.",
    audits=True,
)
def payloads(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find long runs of base64, base32, hexadecimal or escapes (percent, byte, code-point, character) that hide a text.

    What decodes to ASCII text is shown. Hashes, pictures in data addresses, certificates and escaped letters of other
    scripts are no finding (the rules: curators.poison.encoded). The score is the number of runs.
    """
    return verdict_of(encoded(batch.x), len(batch), "holds an encoded payload")

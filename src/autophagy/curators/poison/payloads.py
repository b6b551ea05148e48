"""Payloads: long encoded runs that spell something, or may be a program."""

import numpy as np

from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import Samples
from ..found import verdict_of
from .encoded import encoded
from .turned import turned


@curator(
    "payloads",
    of="text",
    title="Encoded payloads",
    says="hold long encoded runs that spell a text or may be a program, or orders in rot13",
    advice="Read what they decode to: an order or a program in code has no place in a text to learn from.",
    audits=True,
)
def payloads(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find long runs of base64, base32, hexadecimal or escapes (percent, byte, code-point, character) that hide a text.

    What decodes to ASCII text is shown. Hashes, pictures in data addresses, certificates and escaped letters of other
    scripts are no finding (the rules: curators.poison.encoded). Orders to a model in rot13 are found too, as far as
    `injection` would find them in plain letters. The score is the number of runs.
    """
    runs, orders = encoded(batch.x), turned(batch.x)
    found = {row: sorted([*runs.get(row, []), *orders.get(row, [])]) for row in sorted({*runs, *orders})}
    return verdict_of(found, len(batch), "holds an encoded payload")

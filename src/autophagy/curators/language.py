"""Language: rows that are written in other languages than those that are wanted."""

import numpy as np

from ..core.decorators import curator
from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..text.language import UNDETERMINED, known_languages, languages
from .likelihood import texts


@curator(
    "language",
    also=("lang",),
    of="text",
    title="Other languages",
    says="are not in a language that you asked for",
    advice="Drop them, or give each language the share that you want with the curator coverage.",
)
def language(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, keep: str = "en", unknown: bool = True
) -> Verdict:
    """Keep the rows in the languages `keep`, ISO 639 codes such as "en" or, of several, "en;de".

    The score is the probability of the row's likeliest language. Rows whose language is undetermined ("und": a word or
    two, numbers, code) stay unless `unknown` is false, and are marked so.
    """
    wanted = [code.strip().lower() for code in str(keep).split(";") if code.strip()]
    if not wanted:
        raise UsageError("keep names no language: give ISO 639 codes, such as keep=en, or keep=en;de.")
    for code in wanted:
        if code not in known_languages():
            guess = did_you_mean(code, known_languages())
            raise UsageError(
                f"{code!r} is no language that can be told{guess}: give ISO 639 codes, such as keep=en;de."
            )
    codes, sure = languages(texts(batch, "language").tolist())
    open_ = codes == UNDETERMINED
    stays = np.isin(codes, wanted) | (open_ & unknown)
    said = np.where(open_, "unknown language", np.where(stays, "", codes))
    details = said.astype(np.dtypes.StringDType())
    return Verdict(stays, sure, f"not in {' or '.join(wanted)}", details, unknown=open_)

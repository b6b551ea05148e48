"""The exact engines, a file or a folder each; importing the room registers every family that can be forecast."""

from .discrete.engine import bernoulli as bernoulli
from .discrete.engine import categorical as categorical
from .discrete.engine import zipf as zipf
from .gaussian.engine import gaussian as gaussian
from .kernel import kernel as kernel
from .ngram.engine import ngram as ngram
from .poisson import poisson as poisson
from .regression import regression as regression
from .weights import weights as weights

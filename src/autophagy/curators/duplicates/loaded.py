"""To import this is to load the compiled code: who is forked of a process that did so has it at once."""

from importlib.util import find_spec

import numpy as np

from ...core.encoded import encoded
from . import kernels

if find_spec("numba") is not None:
    kernels.signatures(kernels.hashed(encoded(["a b c d e f"])))
    kernels.shared(np.zeros(2, np.uint64), np.ones((2, 1), np.int64))

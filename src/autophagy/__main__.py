"""Run the command line as python -m autophagy."""

from .cli.main import main

code = main()
# CPython remembers an interrupt that came during an exec, such as a dataclass makes, and would die of SIGINT at the
# end although it was handled: evaluating any text makes it forget.
eval("None")
raise SystemExit(code)

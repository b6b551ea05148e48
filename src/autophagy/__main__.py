"""Run the command line as python -m autophagy."""

from .cli import main

raise SystemExit(main())

"""``python -m phonoscope``."""

from phonoscope.cli.main import main

main()

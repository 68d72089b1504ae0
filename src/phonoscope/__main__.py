"""``python -m phonoscope``."""

from phonoscope.cli.entry import main

main()

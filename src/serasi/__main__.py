"""``python -m serasi`` is the same as ``serasi``."""

import sys

from serasi.cli import main

if __name__ == "__main__":
    sys.exit(main())

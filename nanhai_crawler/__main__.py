"""``python -m nanhai_crawler`` is ``nanhai``."""

from nanhai_crawler.cli import main

if __name__ == "__main__":
    main()

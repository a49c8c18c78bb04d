"""``python -m huiyin`` is the command line; a process of its own always runs with the product's settings."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.config.settings"

from huiyin.config.command_line import main

raise SystemExit(main())

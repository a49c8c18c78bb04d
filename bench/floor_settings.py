"""The product's settings without anything that stands between the server and a view."""

from huiyin.config.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "bench.floor"

"""The product's settings, with the bare views of benchmarks/floor.py beside the pages."""

from config.settings import *  # noqa: F403  all of them, and one more

ROOT_URLCONF = "benchmarks.floor"

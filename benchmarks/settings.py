"""The product's settings, with the bare views of benchmarks/floor.py beside the pages."""

from config.settings import *  # noqa: F403  all of them, and two more
from config.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.floor"
MIDDLEWARE = ["benchmarks.counting.CountQueries", *MIDDLEWARE]

"""Settings of a mail worker: the product's, with a kind of mail for tests."""

from config.settings import *  # noqa: F403  that is what settings are for

DELIVERY_KINDS = {"note": "tests.core.mail_kinds"}

"""How much somebody has to do with a page: clicks and fields, counted."""


class Hand:
    """One person's. What a page asks by itself, such as a redirect, costs nothing."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def open(self, address):
        """A link in a mail, clicked there."""
        self.clicks += 1
        self.page.goto(address)

    def click(self, locator):
        self.clicks += 1
        locator.click()

    def fill(self, locator, text):
        self.fields += 1
        locator.fill(text)

    def choose(self, locator, label):
        self.fields += 1
        locator.select_option(label=label)

"""Templates as HTML: what Django writes is blanked out, what we wrote remains."""

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
CONDITION = re.compile(
    r"\{%-?\s*(?:if|elif|else|endif|for|endfor|with)\b.*?%\}", re.DOTALL
)
OTHER = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
VOID = {"input", "meta", "link", "br", "hr", "img", "use", "rect", "line", "circle"}


@dataclass
class Tag:
    name: str
    line: int
    attributes: dict[str, str]
    inside: list[str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return [c for c in self.attributes.get("class", "").split() if "¤" not in c]


class Reader(HTMLParser):
    """Every tag, with the template marks found before its end."""

    def __init__(self):
        super().__init__()
        self.tags = []
        self.open = []

    def handle_starttag(self, name, attrs):
        tag = Tag(name, self.getpos()[0], {key: value or "" for key, value in attrs})
        self.tags.append(tag)
        if name not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, name, attrs):
        self.handle_starttag(name, attrs)
        if name not in VOID:
            self.open.pop()

    def handle_endtag(self, name):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place].name == name:
                del self.open[place:]
                return

    def handle_data(self, data):
        for tag in self.open:
            tag.inside.append(data)


def blanked(source: str) -> str:
    """Conditions vanish, so that both branches count; values become `¤`."""
    source = COMMENT.sub("", source)
    source = source.replace("{% csrf_token %}", "¤csrf¤")
    source = re.sub(r"\{% slot\b.*?%\}", "¤slot¤", source)
    return OTHER.sub("¤", CONDITION.sub(" ", source))


@cache
def tags_of(source: str) -> list[Tag]:
    reader = Reader()
    reader.feed(blanked(source))
    return reader.tags


@cache
def our_templates() -> list[Path]:
    """All but mails, whose readers know neither our style sheet nor our scripts."""
    return sorted(
        path
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).parts[0] != "emails"
    )


@cache
def read(path: Path) -> str:
    return path.read_text()


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))

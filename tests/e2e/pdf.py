"""The words on each sheet of a PDF that Chromium printed."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\nendstream", re.DOTALL)
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\b(ET|T\*|Td|Tm)\b")
RANGE = re.compile(rb"<(\w{4})> <(\w{4})> <(\w{4})>")
CHAR = re.compile(rb"<(\w{4})> <(\w+)>")


def sheets_of(pdf: bytes) -> list[str]:
    """One text for each sheet, without its spaces: they are not always drawn."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return [text_on(page, objects) for page in pages]


def text_on(page, objects):
    fonts = {
        name: letters_of(objects[int(number)], objects)
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", whole(page, objects))
    }
    content = re.search(rb"/Contents (\d+) 0 R", page)
    font, said = {}, []
    for name, shown, _end in SHOWN.findall(unpacked(objects[int(content[1])])):
        if name:
            font = fonts[name]
        elif shown:
            codes = (shown[at : at + 4] for at in range(0, len(shown), 4))
            said += [font.get(int(code, 16), "") for code in codes]
    return "".join("".join(said).split())


def whole(page, objects):
    """With the resources it refers to."""
    named = re.search(rb"/Resources (\d+) 0 R", page)
    return page + (objects[int(named[1])] if named else b"")


def unpacked(body):
    """Packed bytes may end like a line does, so what is packed says where it ends."""
    return zlib.decompressobj().decompress(STREAM.search(body)[1])


def letters_of(font, objects):
    """Code of a glyph → what it stands for."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if found is None:
        return {}
    table = unpacked(objects[int(found[1])])
    letters = {}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, to in RANGE.findall(part):
            start, end, at = int(first, 16), int(last, 16), int(to, 16)
            letters |= {start + n: chr(at + n) for n in range(end - start + 1)}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, to in CHAR.findall(part):
            letters[int(code, 16)] = bytes.fromhex(to.decode()).decode("utf-16-be")
    return letters

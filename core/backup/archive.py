"""PURE. The file of a backup or of an exported venture.

A zip of known members: tables as JSON lines, attached files under the SHA-256 of their
bytes, `manifest.json` with size and SHA-256 of every member, and `seal.json` with the
SHA-256 of the manifest and, in a backup, a signature by the installation's own key.

Reading trusts nothing: names, number and sizes are checked before anything is unpacked,
nothing is unpacked under a name from the file, and no more than was announced.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, cast

FORMAT: Final = 1
PRODUCT: Final = "fieldproof"
MANIFEST: Final = "manifest.json"
SEAL: Final = "seal.json"
MEMBER: Final = re.compile(
    r"rows/[A-Za-z_]+\.[A-Za-z_]+\.jsonl|csv/[A-Za-z_]+\.[A-Za-z_]+\.csv"
    r"|files/[0-9a-f]{64}"
)
MAX_MANIFEST: Final = 64 * 1024 * 1024
MAX_LINE: Final = 64 * 1024 * 1024
SHAPES: Final = {
    "members": dict,
    "tables": list,
    "files": dict,
    "missing_files": list,
    "migrations": dict,
    "version": str,
    "made_at": str,
}
# Packed harder than that, beyond this size, it is made to fill a disk.
MAX_RATIO: Final = 100
UNSUSPICIOUS: Final = 50 * 1024 * 1024
MAX_MEMBERS: Final = 500_000
_CHUNK: Final = 256 * 1024
_STUMBLES: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, KeyError, TypeError, OSError),
)


class ArchiveRefused(Exception):  # noqa: N818  a refusal, told in a sentence
    """Why the file is not taken, in a sentence for whoever typed the command."""


# --- writing ---------------------------------------------------------------------
class Sink:
    """One member on its way into the file."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._sha256 = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self._sha256.update(data)
        self._size += len(data)

    def summary(self) -> dict[str, Any]:
        return {"size": self._size, "sha256": self._sha256.hexdigest()}


class Writer:
    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._stamp = made_at.timetuple()[:6]
        self.members: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_error: object) -> None:
        """Without `close` before, what was written is no archive and stays none."""
        with suppress(OSError, ValueError):
            self._zip.close()

    @contextmanager
    def member(self, name: str, *, is_packed: bool = True) -> Iterator[Sink]:
        info = zipfile.ZipInfo(name, self._stamp)
        info.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as out:
            sink = Sink(out)
            yield sink
        self.members[name] = sink.summary()

    def close(self, manifest: dict[str, Any], key: bytes | None = None) -> None:
        """The manifest comes last: it knows what was written."""
        manifest = {"format": FORMAT, "product": PRODUCT, **manifest}
        manifest["members"] = self.members
        text = json.dumps(manifest, indent=1, sort_keys=True).encode()
        seal = {"sha256": hashlib.sha256(text).hexdigest(), "signature": ""}
        if key is not None:
            seal["signature"] = signature(key, text)
        for name, content in ((MANIFEST, text), (SEAL, json.dumps(seal).encode())):
            self._zip.writestr(zipfile.ZipInfo(name, self._stamp), content)
        self._zip.close()


def signature(key: bytes, text: bytes) -> str:
    return hmac.digest(key, text, "sha256").hex()


# --- reading ---------------------------------------------------------------------
class Archive:
    """An existing file. What its directory says is checked when it is opened."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise ArchiveRefused(f"There is no file {path}.") from None
        except _STUMBLES as error:
            raise ArchiveRefused(
                f"{path.name} is no archive of Fieldproof, or its end is missing."
            ) from error
        try:
            self._infos = checked_directory(self._zip.infolist())
            self._text = self._checked_manifest()
            self.manifest = json.loads(self._text)
            check_kind(self.manifest, kind)
            self._check_announced()
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            self._zip.close()
            raise ArchiveRefused("Its manifest does not say what it must.") from error
        except BaseException:
            self._zip.close()
            raise

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def unpacked(self) -> int:
        return sum(info.file_size for info in self._infos.values())

    def is_signed_by(self, keys: Sequence[bytes]) -> bool:
        said = json.loads(self._small(SEAL))["signature"]
        return any(
            hmac.compare_digest(signature(key, self._text), said) for key in keys
        )

    def check_members(self) -> None:
        """Reads all of it. ArchiveRefused names the first member that is damaged."""
        for name, said in self.manifest["members"].items():
            found = hashlib.sha256()
            for chunk in self.chunks(name):
                found.update(chunk)
            if found.hexdigest() != said["sha256"]:
                raise damaged(name)

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _STUMBLES as error:
            raise damaged(name) from error

    def lines(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as stream:
                # a buffer of its own: reading lines of limited length is slow without
                lines = io.BufferedReader(cast("io.RawIOBase", stream))
                while line := lines.readline(MAX_LINE):
                    if not line.endswith(b"\n"):
                        raise damaged(name)
                    yield line
        except _STUMBLES as error:
            raise damaged(name) from error

    def _small(self, name: str) -> bytes:
        if name not in self._infos:
            raise ArchiveRefused(f"{self.path.name} is no archive of Fieldproof.")
        if self._infos[name].file_size > MAX_MANIFEST:
            raise ArchiveRefused(f"Its {name} is larger than any we write.")
        return b"".join(self.chunks(name))

    def _checked_manifest(self) -> bytes:
        text = self._small(MANIFEST)
        try:
            said = json.loads(self._small(SEAL))
            is_whole = said["sha256"] == hashlib.sha256(text).hexdigest()
            is_whole = is_whole and isinstance(said["signature"], str)
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(SEAL) from error
        if not is_whole:
            raise damaged(MANIFEST)
        return text

    def _check_announced(self) -> None:
        """The directory holds what the manifest says, no more and no less."""
        said = self.manifest["members"]
        for name, info in self._infos.items():
            if name not in (MANIFEST, SEAL) and name not in said:
                raise ArchiveRefused(f"It holds {name!r}, which it does not announce.")
            if name in said and info.file_size != said[name]["size"]:
                raise damaged(name)
        missing = sorted(set(said) - set(self._infos))
        if missing:
            raise ArchiveRefused(f"The archive is damaged: {missing[0]} is missing.")


def damaged(name: str) -> ArchiveRefused:
    return ArchiveRefused(f"The archive is damaged: {name}.")


def checked_directory(found: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(found) > MAX_MEMBERS:
        raise ArchiveRefused("It has more members than any archive of ours.")
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in found:
        name = info.filename
        if name not in (MANIFEST, SEAL) and not MEMBER.fullmatch(name):
            raise ArchiveRefused(f"It holds {name!r}, which is none of ours.")
        if name in infos:
            raise ArchiveRefused(f"It holds {name!r} twice.")
        infos[name] = info
    unpacked = sum(info.file_size for info in found)
    packed = sum(info.compress_size for info in found)
    if unpacked > UNSUSPICIOUS and unpacked > MAX_RATIO * max(packed, 1):
        raise ArchiveRefused(
            f"It would unpack to {unpacked / 1e9:.1f} GB, more than {MAX_RATIO} times "
            "its size: no archive of ours is packed so hard."
        )
    return infos


def check_kind(manifest: Any, kind: str) -> None:
    if not isinstance(manifest, dict) or manifest.get("product") != PRODUCT:
        raise ArchiveRefused("It is no archive of Fieldproof.")
    number = manifest.get("format")
    if not isinstance(number, int) or number > FORMAT:
        raise ArchiveRefused(
            f"It was written by a newer Fieldproof (format {number}, known up to "
            f"{FORMAT}). Upgrade first."
        )
    if manifest.get("kind") != kind:
        raise ArchiveRefused(
            "It holds one venture: manage.py restore_venture takes it."
            if manifest.get("kind") == "venture"
            else "It holds a whole installation: manage.py restore takes it."
        )
    for name, shape in SHAPES.items():
        if not isinstance(manifest[name], shape):
            raise TypeError(name)

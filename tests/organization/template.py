"""The template that is deployed: what the CDK app makes of a configuration.

Synthesizing takes some seconds of Node, so each assembly is kept below ``.run/`` until the app, or
what it reads, changes.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "cdk"
TSX = APP / "node_modules" / ".bin" / "tsx"
KEPT = ROOT / ".run" / "templates"
SOURCES = (
    "cdk/bin/**/*",
    "cdk/lib/**/*",
    "cdk/config/*.json",
    "cdk/*.json",
    "crates/aws/*.json",
    "statemachine/*.json",
)
"""What the app reads besides the configuration."""


class NotSynthesized(RuntimeError):
    """The CDK app did not make a template; the message is what it said."""


@dataclass(frozen=True)
class Assembly:
    """A folder that the app filled."""

    folder: Path

    @cached_property
    def template(self) -> dict[str, Any]:
        """The template."""
        [path] = self.folder.glob("*.template.json")
        return dict(json.loads(path.read_text()))

    def asset(self, key: str) -> Path:
        """The folder that the S3 key ``<hash>.zip`` of the template stands for."""
        return self.folder / f"asset.{key.removesuffix('.zip')}"


def synthesize(configuration: dict[str, Any]) -> Assembly:
    """The assembly of a configuration, from an earlier time if nothing has changed since.

    # Errors
    :class:`NotSynthesized` if the app refuses the configuration or is not installed.
    """
    text = json.dumps(configuration, indent=2, sort_keys=True)
    folder = KEPT / _digest(text)
    if not folder.is_dir():
        _fill(folder, text)
    return Assembly(folder)


def _digest(configuration: str) -> str:
    digest = hashlib.sha256(configuration.encode())
    for path in _sources():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(path for path in ROOT.glob(pattern) if path.is_file())


def _fill(folder: Path, configuration: str) -> None:
    """Synthesizes beside the folder first, so that a broken-off attempt leaves no half of one."""
    if not TSX.exists():
        raise NotSynthesized("the CDK app is not installed: run `make setup`")
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as scratch:
        path, made = Path(scratch) / "configuration.yaml", Path(scratch) / "assembly"
        path.write_text(configuration)
        command = [str(TSX), "bin/synthesize.ts", str(path), str(made)]
        done = subprocess.run(command, cwd=APP, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NotSynthesized(done.stderr.strip())
        if not folder.is_dir():
            made.rename(folder)


def zipped(folder: Path) -> bytes:
    """The zip that ``cdk deploy`` would upload for a folder."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped_folder:
        for path in sorted(folder.rglob("*")):
            zipped_folder.write(path, path.relative_to(folder))
    return archive.getvalue()

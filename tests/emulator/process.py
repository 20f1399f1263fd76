"""The Python API of the emulator: starts it as a child process and talks to its admin endpoints."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
from botocore.config import Config

from emulator.records import Call, Credentials, Fault

READY_SECONDS = 120
STOP_TIMEOUT_SECONDS = 15


class EmulatorError(RuntimeError):
    """The emulator did not start, or refused an admin request."""


class Faults:
    """The faults of a running emulator."""

    def __init__(self, emulator: Emulator) -> None:
        """Binds to ``emulator``."""
        self._emulator = emulator

    def add(self, fault: Fault) -> str:
        """Arms ``fault`` and returns its id."""
        answer = self._emulator.admin("POST", "/emulator/faults", asdict(fault))
        return str(answer["id"])

    def list(self) -> list[dict[str, Any]]:
        """Every armed fault with its ``id`` and how often it ``struck``."""
        return list(self._emulator.admin("GET", "/emulator/faults")["faults"])

    def remove(self, fault_id: str) -> None:
        """Disarms one fault."""
        self._emulator.admin("DELETE", f"/emulator/faults/{fault_id}")

    def keep_only(self, fault_ids: set[str]) -> None:
        """Disarms all faults but these."""
        for fault in self.list():
            if fault["id"] not in fault_ids:
                self.remove(fault["id"])

    def clear(self) -> None:
        """Disarms all faults."""
        self._emulator.admin("DELETE", "/emulator/faults")


class Emulator:
    """A running emulator; a context manager that stops it."""

    def __init__(self, process: subprocess.Popen[str], endpoint: str, data_dir: Path) -> None:
        """Wraps a process that has said it is ready. Use :func:`start`."""
        self._process = process
        self.endpoint = endpoint
        self.data_dir = data_dir
        self.faults = Faults(self)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._session = boto3.session.Session()
        self._clients: dict[tuple[str, str, Credentials], Any] = {}
        self._role_credentials: dict[str, Credentials] = {}
        self._creating_client = threading.Lock()

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops the emulator."""
        self.stop()

    @property
    def pid(self) -> int:
        """Process id of the emulator."""
        return self._process.pid

    def client(
        self,
        service: str,
        region: str = "us-east-1",
        *,
        account: str | None = None,
        role: str | None = None,
        credentials: Credentials | None = None,
    ) -> Any:
        """A boto3 client: root of ``account``, a session of ``role`` (ARN), or ``credentials``."""
        who = credentials or self._who(account, role)
        with self._creating_client:  # takes long, and boto3 sessions are not thread safe
            key = (service, region, who)
            if key not in self._clients:
                self._clients[key] = self._create_client(*key)
            return self._clients[key]

    def _create_client(self, service: str, region: str, who: Credentials) -> Any:
        client = self._session.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=who.access_key_id,
            aws_secret_access_key=who.secret_access_key,
            aws_session_token=who.session_token,
            config=Config(
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
                inject_host_prefix=False,
                proxies={},
                read_timeout=900,
                max_pool_connections=50,
            ),
        )
        if service == "s3control":
            client.meta.events.register("before-sign.s3-control", self._to_plain_host)
        return client

    def _to_plain_host(self, request: Any, **_: Any) -> None:
        """S3 Control puts ``{account}.`` before the host, and no such name resolves."""
        parts = urllib.parse.urlsplit(request.url)
        host = urllib.parse.urlsplit(self.endpoint).netloc
        request.url = urllib.parse.urlunsplit(parts._replace(netloc=host))

    def _who(self, account: str | None, role: str | None) -> Credentials:
        if role is not None:
            if role not in self._role_credentials:
                self._role_credentials[role] = self.credentials(role)
            return self._role_credentials[role]
        if account is None:
            raise EmulatorError("a client needs an account, a role or credentials")
        return Credentials.root(account)

    def credentials(self, role_arn: str, session_name: str = "emulator") -> Credentials:
        """Temporary credentials of a role, as a service such as Lambda would get them.

        The trust policy is not asked; use ``sts.assume_role`` to test it.
        """
        answer = self.admin(
            "POST",
            "/emulator/credentials",
            {"role_arn": role_arn, "session_name": session_name},
        )
        return Credentials(**answer)

    def environment(self, credentials: Credentials, region: str = "us-east-1") -> dict[str, str]:
        """The variables that make an SDK or CLI use this emulator with ``credentials``."""
        variables = {
            "AWS_ACCESS_KEY_ID": credentials.access_key_id,
            "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        if credentials.session_token:
            variables["AWS_SESSION_TOKEN"] = credentials.session_token
        return variables

    def enforce_iam(self, enforce: bool = True) -> None:
        """Turns access control on (after seeding) or off. Root users are never refused."""
        self.admin("POST", "/emulator/iam", {"enforce": enforce})

    def limit_pages(self, items: int | None) -> None:
        """Makes no list operation answer more than ``items`` at once; ``None`` lifts the limit."""
        self.admin("POST", "/emulator/pages", {"limit": items})

    def enable_regions(self, regions: list[str] | None, account: str | None = None) -> None:
        """Enables exactly ``regions``, in one account or in all; ``None`` enables every region."""
        self.admin("POST", "/emulator/regions", {"regions": regions, "account": account})

    def calls(self, **only: str) -> list[Call]:
        """Calls since the start or :meth:`clear_calls`, oldest first.

        Keywords select, for example ``service="s3", operation="GetBucketPolicy"``.
        """
        names = {field.name for field in fields(Call)}
        rows = self.admin("GET", "/emulator/calls")["calls"]
        calls = [Call(**{name: row[name] for name in names}) for row in rows]
        return [call for call in calls if all(getattr(call, k) == v for k, v in only.items())]

    def clear_calls(self) -> None:
        """Forgets the recorded calls."""
        self.admin("DELETE", "/emulator/calls")

    def mails(self) -> list[dict[str, Any]]:
        """Every mail that SES has sent: ``from``, ``to``, ``subject``, ``body`` (HTML if any)."""
        return list(self.admin("GET", "/emulator/mails")["mails"])

    def credentials_given_out(self) -> list[Credentials]:
        """The credentials of every role session so far, whoever asked for it."""
        rows = self.admin("GET", "/emulator/credentials")["credentials"]
        return [Credentials(**row) for row in rows]

    def function_log(self, function_name: str) -> str:
        """What a function has written to stdout and stderr so far."""
        path = self.data_dir / "logs" / f"lambda-{function_name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def temporary_files(self, function_name: str) -> list[Path]:
        """What a function has left in its temporary folder, which is ``/tmp`` on Lambda."""
        return sorted((self.data_dir / "tmp" / function_name).rglob("*"))

    def admin(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Sends one admin request; raises :class:`EmulatorError` with the emulator's message."""
        request = urllib.request.Request(
            self.endpoint + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=60) as response:
                return dict(json.load(response))
        except urllib.error.HTTPError as error:
            raise EmulatorError(error.read().decode(errors="replace")) from error

    def stop(self) -> None:
        """Ends the emulator and every function process; safe to call twice."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGUSR1)  # its threads, into emulator.log
                time.sleep(1)
                self._process.kill()
                self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


def start(data_dir: Path | str, port: int = 0, *, wait_scale: float = 1.0) -> Emulator:
    """Starts the emulator on ``port`` (0: a free one) and waits until it answers.

    ``data_dir`` receives ``emulator.log``, ``logs/lambda-<function>.log`` and the unpacked
    functions. ``wait_scale`` multiplies the pauses before retries of a state machine. The
    emulator ends with this process, however it ends.

    # Errors
    :class:`EmulatorError`, with the end of its log, if it does not become ready.
    """
    folder = Path(data_dir).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "emulator.log", "ab") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "emulator",
                "--port", str(port), "--data-dir", str(folder), "--until-stdin-closes",
                "--wait-scale", str(wait_scale),
            ],
            cwd=Path(__file__).resolve().parent.parent,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )  # fmt: skip
    assert process.stdout is not None
    impatience = threading.Timer(READY_SECONDS, process.kill)
    impatience.start()
    line = process.stdout.readline()
    impatience.cancel()
    if not line:
        process.wait()
        tail = (folder / "emulator.log").read_text(errors="replace")[-2000:]
        raise EmulatorError(f"the emulator ended with {process.returncode}: {tail}")
    return Emulator(process, json.loads(line)["endpoint"], folder)

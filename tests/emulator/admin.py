"""The emulator's own endpoints under ``/emulator/``: IAM switch, credentials, faults, calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from moto.ses.models import ses_backends
from werkzeug.wrappers import Request, Response

from emulator.callers import given_out, role_session
from emulator.gateway import Gateway
from emulator.services.paging import page_limit
from emulator.services.regions import enable_regions

PREFIX = "/emulator/"
MOTO_PREFIX = "/moto-api/"
"""moto's own admin endpoints, such as ``/moto-api/seed``."""


class Admin:
    """A WSGI application that serves the admin endpoints and passes the rest to the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        """Administers ``gateway``."""
        self._gateway = gateway
        self._routes: dict[tuple[str, str], Callable[[Any], dict[str, Any]]] = {
            ("GET", "health"): lambda _: {"status": "ready"},
            ("POST", "iam"): self._iam,
            ("POST", "credentials"): self._credentials,
            ("GET", "credentials"): lambda _: {"credentials": given_out()},
            ("GET", "faults"): lambda _: {"faults": gateway.faults.list()},
            ("POST", "faults"): lambda order: {"id": gateway.faults.add(order)},
            ("DELETE", "faults"): self._clear_faults,
            ("GET", "calls"): lambda _: {"calls": gateway.calls.list()},
            ("DELETE", "calls"): self._clear_calls,
            ("GET", "mails"): lambda _: {"mails": _mails()},
            ("POST", "pages"): _limit_pages,
            ("POST", "regions"): _enable_regions,
        }

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI entry."""
        path = environ.get("PATH_INFO", "")
        if "HTTP_AUTHORIZATION" not in environ:
            if path.startswith(PREFIX):
                return self._serve(Request(environ))(environ, start_response)
            if path == f"{MOTO_PREFIX}reset-auth":
                return _json({"message": "use POST /emulator/iam"}, 410)(environ, start_response)
            if path.startswith(MOTO_PREFIX):
                return self._gateway.moto.application(environ, start_response)
        return self._gateway(environ, start_response)

    def _serve(self, request: Request) -> Response:
        name, _, item = request.path.removeprefix(PREFIX).strip("/").partition("/")
        try:
            if request.method == "DELETE" and name == "faults" and item:
                self._gateway.faults.remove(item)
                return _json({})
            route = self._routes[request.method, name]
            return _json(route(json.loads(request.get_data() or b"null")))
        except KeyError as error:
            return _json({"message": f"no such endpoint or item: {error}"}, 404)
        except (ValueError, LookupError, TypeError) as error:
            return _json({"message": str(error)}, 400)

    def _iam(self, order: dict[str, Any]) -> dict[str, Any]:
        self._gateway.enforce_iam = bool(order["enforce"])
        return {"enforce": self._gateway.enforce_iam}

    def _credentials(self, order: dict[str, Any]) -> dict[str, Any]:
        session = role_session(order["role_arn"], order.get("session_name", "emulator"))
        return {
            "account": session.account_id,
            "access_key_id": session.access_key_id,
            "secret_access_key": session.secret_access_key,
            "session_token": session.session_token,
        }

    def _clear_faults(self, _: Any) -> dict[str, Any]:
        self._gateway.faults.remove()
        return {}

    def _clear_calls(self, _: Any) -> dict[str, Any]:
        self._gateway.calls.clear()
        return {}


def _mails() -> list[dict[str, Any]]:
    """Every mail that SES has sent, whoever sent it."""
    backends = [backend for regions in ses_backends.values() for backend in regions.values()]
    return [
        {
            "from": mail.source,
            "to": mail.destinations.get("ToAddresses", []),
            "subject": mail.subject,
            "body": mail.body,
        }
        for backend in backends
        for mail in backend.sent_messages
    ]


def _limit_pages(order: dict[str, Any]) -> dict[str, Any]:
    page_limit.items = order["limit"]
    return {"limit": page_limit.items}


def _enable_regions(order: dict[str, Any]) -> dict[str, Any]:
    enable_regions(order["regions"], order.get("account"))
    return {}


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")

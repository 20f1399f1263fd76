"""Pages of a list, for operations that moto answers in one piece."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from emulator.aws_response import AwsError


class PageLimit:
    """A limit on every page, whatever the caller asks for; lets a small estate need many pages."""

    def __init__(self) -> None:
        """Starts without a limit."""
        self.items: int | None = None

    def smaller(self, size: int) -> int:
        """``size``, or the limit if that is smaller."""
        return size if self.items is None else min(size, self.items)


page_limit = PageLimit()


def page(
    items: Sequence[Any],
    size: int | None,
    token: str | None,
    default: int,
    error: str = "InvalidNextToken",
) -> tuple[list[Any], str | None]:
    """One page and the token of the next one, ``None`` after the last.

    # Errors
    :class:`AwsError` with code ``error`` for a token that no page gave.
    """
    start = _read_token(token, error) if token else 0
    end = start + page_limit.smaller(size or default)
    following = None
    if end < len(items):
        following = base64.urlsafe_b64encode(f"page:{end}".encode()).decode()
    return list(items[start:end]), following


def _read_token(token: str, error: str) -> int:
    try:
        kind, _, number = base64.urlsafe_b64decode(token).decode().partition(":")
        if kind == "page":
            return int(number)
    except (ValueError, binascii.Error):
        pass
    raise AwsError(error, f"the token `{token}` is not one of this list")

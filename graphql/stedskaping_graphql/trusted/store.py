"""Documents by the SHA-256 of their text: the trusted ones, and those that clients have registered."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from time import monotonic

from django.core.cache import caches

from ..models import TrustedDocument

# How long a process believes what it has read: so long may a document that was removed still be run.
BELIEVED_SECONDS = 60
REMEMBERED = 1_000
REGISTERED_SECONDS = 7 * 24 * 3600
# Not the default cache: whoever registers many documents must not push out what others keep there.
CACHE = "documents"


def sha256_of(text: str) -> str:
    """The hash under which a document is known, in lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class RecentTexts:
    """The last `size` trusted documents this process has read. Safe to use from several threads."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._texts: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, sha256: str, *, now: float) -> str | None:
        """The text, if it was read not long before `now`."""
        with self._lock:
            read_at, text = self._texts.get(sha256, (0.0, None))
            if text is None or now - read_at >= BELIEVED_SECONDS:
                return None
            self._texts.move_to_end(sha256)
            return text

    def put(self, sha256: str, text: str, *, now: float) -> None:
        """Remember a text; the one that wasn't used for longest goes."""
        with self._lock:
            self._texts[sha256] = (now, text)
            self._texts.move_to_end(sha256)
            while len(self._texts) > self._size:
                self._texts.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._texts.clear()


_recent = RecentTexts()


def trusted_text(sha256: str) -> str | None:
    """The trusted document with this hash, or None. Asks the database once a minute at most per document."""
    now = monotonic()
    text = _recent.get(sha256, now=now)
    if text is None:
        text = TrustedDocument.objects.filter(pk=sha256).values_list("text", flat=True).first()
        if text is not None:
            _recent.put(sha256, text, now=now)
    return text


def forget() -> None:
    """Ask the database again for every document. Other processes do so by themselves within a minute."""
    _recent.clear()


def registered_text(sha256: str) -> str | None:
    """The document that a client has registered under this hash, if it hasn't been dropped meanwhile."""
    text: str | None = caches[CACHE].get(sha256)
    return text


def register(sha256: str, text: str) -> None:
    """Keep a document for a week. The caller has compared the hash and validated the document."""
    caches[CACHE].set(sha256, text, REGISTERED_SECONDS)

"""Documents that look and sound the same are known by the same digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from phonoscope.studio.documents.checking import uploaded_hashes
from phonoscope.studio.storage.keys import digest_of, marks_key
from phonoscope.studio.storage.store import Store


def document_digest(store: Store, owner_id: str, document: Mapping[str, Any]) -> str:
    """Return what changes whenever a document looks or sounds different: by its own text, or by marks in its photos."""
    marks = {}
    for sha256 in sorted(uploaded_hashes(document)):
        key = marks_key(owner_id, sha256)
        if store.size(key) is not None:
            marks[sha256] = hashlib.sha256(store.read(key)).hexdigest()
    return digest_of(document, marks)

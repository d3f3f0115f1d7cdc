"""Sessions in memory: what the walk is signed in with. It asks for one with each request."""

from copy import deepcopy
from typing import Any, ClassVar

from django.contrib.sessions.backends.base import CreateError, SessionBase


class SessionStore(SessionBase):
    """`kept` are all of them, for whoever undoes what was done."""

    kept: ClassVar[dict[str, dict[str, Any]]] = {}

    def exists(self, session_key: str) -> bool:
        return session_key in self.kept

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        self.modified = True
        self.save(must_create=True)

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        if must_create and self.exists(self.session_key):
            raise CreateError
        self.kept[self.session_key] = deepcopy(self._get_session(no_load=must_create))

    def load(self) -> dict[str, Any]:
        if self.session_key not in self.kept:
            self._session_key = None
            return {}
        return deepcopy(self.kept[self.session_key])

    def delete(self, session_key: str | None = None) -> None:
        self.kept.pop(session_key or self.session_key or "", None)

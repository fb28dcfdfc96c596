"""A connection that waits for a request's head only so long: uvicorn's own waits for ever, and each takes memory."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 15.0  # seconds: a hundred times what the slowest of lines takes


class Patient(H11Protocol):
    """uvicorn's, with an end to heads that come byte by byte or not at all."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._come()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._come()
        elif self._late is None:
            self._wait()  # a further request on the same connection has begun

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD, self._end)

    def _come(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _end(self) -> None:
        self._late = None
        if self.conn.their_state is h11.IDLE:
            self.transport.close()

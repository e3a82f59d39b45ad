"""« Dupliquer »: a new workshop from the plan of another one, whatever became of that one, without its people."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Collection

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitation.context import Context
from facilitation.copying import copied
from facilitation.state import State
from facilitation.texts import TITLE
from server.identity.keys import SIGNED_IN
from server.live.directory import is_rehearsal
from server.live.session import LiveSession
from server.log import UnknownSession
from server.web.home import ID_SYMBOLS, first_seat
from server.web.i18n import Words
from server.web.pages import SIGN_IN, Web, nonce, now

COPY = re.compile(r"(.*) \((?:copie|copy)(?: \d+)?\)", re.DOTALL)


class Copies:
    """Handler of /s/{sid}/dupliquer, for whoever holds the facilitation key."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._turn = asyncio.Lock()

    async def duplicate(self, request: Request) -> Response:
        """POST {jeton}: the copy's preparation page. Sending one form twice makes one copy."""
        web, source = self._web, request.path_params["sid"]
        holder = web.key_holder(request)
        if holder is None or is_rehearsal(source):
            raise HTTPException(404, "seat")
        state = (await web.session(request)).state
        drawn = str((await request.form()).get("jeton", ""))[:64] or nonce()
        sid = self._named_by(source, drawn)
        async with self._turn:
            live = await self._made(request, state, sid)
        seat = await first_seat(web, live, self._name(request, holder, state), drawn)
        answer = RedirectResponse(f"/s/{sid}/preparer", 303)
        web.seats.give(answer, sid, seat)
        web.keep(answer, SIGN_IN, web.sign_in.value(web.lab.generation, seat.name), SIGNED_IN)
        return answer

    def _named_by(self, source: str, drawn: str) -> str:
        """The id of the session that one rendered form makes."""
        number = int.from_bytes(self._web.links.command_id("copy", source, drawn)[:10], "big")
        return "".join(ID_SYMBOLS[(number >> (5 * place)) & 31] for place in range(16))

    async def _made(self, request: Request, state: State, sid: str) -> LiveSession:
        """The session in the lab, then in its own log; the one that is there already if the form was sent before."""
        web, session, at = self._web, state.session, now()
        entry = await web.lab.entry(sid)
        if entry is None:
            title = self._title(request, session.title, {one.title for one in await web.lab.entries()})
            entry = await web.lab.add(sid, title, created_at=at, retention=session.retention)
        try:
            return await web.directory.open(sid)
        except UnknownSession:
            context = Context(at=at, seed=secrets.token_bytes(32))
            return await web.directory.create(sid, copied(state, context, title=entry.title, code=entry.code))

    def _title(self, request: Request, title: str, taken: Collection[str]) -> str:
        """« … (copie) », or the next number where that is taken."""
        said = self._web.words(request)
        found = COPY.fullmatch(title)
        bare, wanted = found.group(1) if found else title, ""
        for number in range(1, len(taken) + 2):
            room = TITLE - len(_numbered(said, "", number))
            wanted = _numbered(said, bare[:room].rstrip(), number)
            if wanted not in taken:
                break
        return wanted

    def _name(self, request: Request, holder: str, state: State) -> str:
        """Who makes the copy: by the name given with the key, or the one of their seat in what is copied."""
        seat = self._web.seat(request, state, "animer")
        return holder or (seat.name if seat else "") or self._web.words(request)("Animation")


def _numbered(said: Words, title: str, number: int) -> str:
    return said("{title} (copie)", title=title) if number == 1 else said("{title} (copie {number})", title=title, number=number)

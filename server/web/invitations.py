"""What a session gives away before it runs: a calendar file, a page to pin up, a run sheet, the text of a mail."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from facilitation.records import Site
from facilitation.state import State
from server.archive import names
from server.archive.documents.calendar import calendar
from server.archive.documents.invitation import Invitation, invitation, mail
from server.archive.documents.poster import TEMPLATE as POSTER
from server.archive.documents.poster import poster
from server.archive.documents.runsheet import TEMPLATE as RUNSHEET
from server.archive.documents.runsheet import runsheet
from server.archive.documents.words import Words
from server.archive.press import printed_apart, sheet
from server.identity import codes
from server.web import qr
from server.web.pages import Web, now


class Invitations:
    """Handlers of /s/{sid}/invitation.ics, invitation.txt, affiche.pdf and deroule.pdf, for facilitators."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def _asked(self, request: Request) -> tuple[State, Words]:
        """The session's state, for its facilitators only, and the words of the request. Raises a 404."""
        live = await self._web.session(request)
        if self._web.seat(request, live.state, "animer") is None:
            raise HTTPException(404, "seat")
        return live.state, Words(self._web.words(request).language, live.state.session.timezone)

    def _link(self, request: Request, state: State, site: str = "") -> str:
        sid, generations = request.path_params["sid"], state.session.generations
        return self._web.settings.url + self._web.links.role_path(sid, "participant", generations, site)

    def _facts(self, request: Request, state: State) -> Invitation:
        return invitation(
            state, link=self._link(request, state), code=codes.shown(state.session.code), address=self._web.address(),
            lab=self._web.settings.lab_name,
        )  # fmt: skip

    def _named(self, state: State, kind: str, suffix: str) -> str:
        return f"{names.stem(state.session, self._web.settings.lab_name)}_{kind}.{suffix}"

    async def calendar(self, request: Request) -> Response:
        """GET /s/{sid}/invitation.ics; 409 while the date is not fixed."""
        state, words = await self._asked(request)
        if not state.session.date:
            sentence = self._web.words(request)("Fixez d’abord la date de l’atelier\u00a0: une invitation d’agenda en a besoin.")
            return PlainTextResponse(sentence + "\n", 409)
        host = self._web.settings.url.partition("://")[2].partition(":")[0]
        uid = f"{request.path_params['sid']}@{host}"
        body = calendar(self._facts(request, state), words, uid=uid, now=now())
        return _file(body, "text/calendar; charset=utf-8", self._named(state, "invitation", "ics"))

    async def mail(self, request: Request) -> Response:
        """GET /s/{sid}/invitation.txt: the text to copy into a mail."""
        state, words = await self._asked(request)
        return PlainTextResponse(mail(self._facts(request, state), words), headers={"Vary": "Accept-Language, Cookie"})

    async def poster(self, request: Request) -> Response:
        """GET /s/{sid}/affiche.pdf?site=…"""
        state, words = await self._asked(request)
        site = request.query_params.get("site", "")
        place = state.find(Site, site) if site else None
        if site and place is None:
            raise HTTPException(404)
        values = poster(self._facts(request, state), words, qr=qr.drawn(self._link(request, state, site)), site=site)
        kind = "affiche" + (f"-{names.slug(place.name, 16, 'site')}" if place else "")
        return _file(await printed_apart(sheet(POSTER, values)), "application/pdf", self._named(state, kind, "pdf"))

    async def runsheet(self, request: Request) -> Response:
        """GET /s/{sid}/deroule.pdf"""
        state, words = await self._asked(request)
        method = self._web.directory.methods.get(state.session.method)
        materials = method.materiel if method else ()
        values = runsheet(state, self._facts(request, state), words, materials=materials)
        return _file(await printed_apart(sheet(RUNSHEET, values)), "application/pdf", self._named(state, "deroule", "pdf"))


def _file(body: bytes, media: str, name: str) -> Response:
    """A file to keep; a PDF opens in the browser, whence it prints."""
    shown = "inline" if media == "application/pdf" else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, media_type=media, headers=headers)

"""Every address of the site outside the live socket, and the kind page for each thing that can go wrong."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, ExceptionHandler

from server.live.directory import REHEARSAL
from server.web.axes import Axes
from server.web.copying import Copies
from server.web.downloads import Downloads
from server.web.home import Home
from server.web.invitations import Invitations
from server.web.join import Door
from server.web.notices import Notices
from server.web.pages import Web
from server.web.qr import Codes
from server.web.rehearsal import Rehearsals
from server.web.restitution import Restitution
from server.web.review import Review
from server.web.screens import Pairing
from server.web.security import PROBES, Guard, TooLarge
from server.web.shells import DESKS, Shells


def build_routes(web: Web) -> list[BaseRoute]:
    """The routes of the site. Wrap the application that holds them with `guarded`, and give it `error_handlers`."""
    home, door, shells, restitution = Home(web), Door(web), Shells(web), Restitution(web)
    codes, notices, downloads, review = Codes(web), Notices(web), Downloads(web), Review(web)
    pairing, rehearsals = Pairing(web), Rehearsals(web)
    invitations, axes, copies = Invitations(web), Axes(web), Copies(web)
    return [
        Route("/", home.show),
        Route("/rejoindre", home.join, methods=["POST"]),
        Route("/cle", home.sign_in, methods=["POST"]),
        Route("/cle/quitter", home.sign_out, methods=["POST"]),
        *(Route(path, home.again) for path in ("/rejoindre", "/cle", "/seances", "/langue")),
        Route("/langue", home.speak, methods=["POST"]),
        Route("/seances/nouvelle", home.blank),
        Route("/seances", home.create, methods=["POST"]),
        Route("/axes", axes.show),
        Route("/axes", axes.change, methods=["POST"]),
        Route("/donnees", notices.data),
        Route("/accessibilite", notices.accessibility),
        Route("/verifier", downloads.ask_verify),
        Route("/verifier", downloads.verify, methods=["POST"]),
        Route("/ecran", pairing.show),
        Route("/ecran", pairing.follow, methods=["POST"]),
        Route("/ecran/suite", pairing.wait, methods=["POST"]),
        Route("/s/{sid}", shells.session),
        Route("/s/{sid}/l/{token}", door.show),
        Route("/s/{sid}/l/{token}", door.enter, methods=["POST"]),
        Route("/s/{sid}/l/{token}/{part}", restitution.linked),
        Route("/s/{sid}/restitution", restitution.show),
        Route("/s/{sid}/restitution/{part}", restitution.part),
        Route("/s/{sid}/moi/{token}", door.personal),
        Route("/s/{sid}/moi/{token}", door.resume, methods=["POST"]),
        Route("/s/{sid}/quitter", door.leave, methods=["POST"]),
        Route("/s/{sid}/donnees", notices.session_data),
        Route("/s/{sid}/repeter", rehearsals.go),
        Route("/s/{sid}/repeter", rehearsals.start, methods=["POST"]),
        Route("/s/{sid}/repeter/fin", rehearsals.end, methods=["POST"]),
        Route("/s/{sid}/ecrans", pairing.plug, methods=["POST"]),
        Route("/s/{sid}/liens", shells.links),
        Route("/s/{sid}/dupliquer", copies.duplicate, methods=["POST"]),
        Route("/s/{sid}/qr/{role}.svg", codes.show),
        Route("/s/{sid}/relire/rapport", review.report),
        Route("/s/{sid}/relire/apercu", review.preview),
        Route("/s/{sid}/invitation.ics", invitations.calendar),
        Route("/s/{sid}/invitation.txt", invitations.mail),
        Route("/s/{sid}/affiche.pdf", invitations.poster),
        Route("/s/{sid}/deroule.pdf", invitations.runsheet),
        Route("/s/{sid}/archive/corriger", review.revise, methods=["POST"]),
        Route("/s/{sid}/archive/publier", review.publish, methods=["POST"]),
        Route("/s/{sid}/archive", downloads.show),
        Route("/s/{sid}/archive/{part}", downloads.part),
        Route("/s/{sid}/archive/{version}/{part}", downloads.part),
        *(Route(f"/s/{{sid}}/{page}", shells.show) for page in DESKS),
        Route("/static/{tree}/{path:path}", web.assets.serve),
        Route("/robots.txt", _robots),
        *(Route(path, _alive) for path in PROBES),
    ]


async def _robots(request: Request) -> Response:
    """GET /robots.txt: nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def _alive(request: Request) -> Response:
    """GET /healthz and its other names: the process answers. Nothing else is told."""
    return PlainTextResponse("ok\n")


def error_handlers(web: Web) -> Mapping[type[Exception], ExceptionHandler]:
    """The handlers of errors, for the application. The guard logs the unexpected ones: they pass through here first."""

    async def explained(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return error_page(web, request, error.status_code, str(error.detail), error.headers)

    async def unexpected(request: Request, error: Exception) -> Response:
        return error_page(web, request, 413 if isinstance(error, TooLarge) else 500)

    return {HTTPException: explained, Exception: unexpected}


def guarded(app: ASGIApp, web: Web) -> ASGIApp:
    """The application inside the guard: the outermost layer, which every answer goes through."""

    async def page(request: Request, status: int) -> Response:
        return error_page(web, request, status)

    return Guard(app, web.settings, page)


def error_page(
    web: Web, request: Request, status: int, about: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """What happened and what to do, in the shape that was asked for. `about` tells apart a 404 on a link, seat or rehearsal."""
    if "application/json" in request.headers.get("accept", ""):
        answer: Response = JSONResponse({"status": status}, status)
    else:
        kind = about if about in ("link", "seat", "rehearsal") else str(status)
        rehearsed = request.path_params.get("sid", "").removesuffix(REHEARSAL) if kind == "rehearsal" else ""
        answer = web.page(request, "erreur.html", status, number=status, kind=kind, rehearsed=rehearsed)
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer

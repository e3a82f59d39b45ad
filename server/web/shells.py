"""The pages where a script takes over: every fact that the server knows already stands in data-* attributes."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from facilitation.methods import Method
from facilitation.records import Role, Seat, Site
from facilitation.rights import DRIVERS
from facilitation.sessions import latest
from facilitation.state import State
from server.identity import codes
from server.identity.seats import PAGES
from server.live.directory import REHEARSAL
from server.web.assets import SHEETS
from server.web.join import OVER, landing
from server.web.pages import Web
from server.web.plan import moment, opening

DESKS = {
    "preparer": "animer", "animer": "animer", "relire": "animer", "participer": "participer", "salle": "salle",
    "projeter": "projeter",
}  # fmt: skip
"""Page -> the seat's cookie that it takes."""
LINKED: tuple[Role, ...] = ("participant", "facilitator", "cofacilitator", "observer", "projector")


class Shells:
    """Handlers of /s/{sid}/preparer, animer, participer, salle, projeter, and of what their scripts fetch."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def session(self, request: Request) -> Response:
        """GET /s/{sid}: wherever this browser has a place."""
        live = await self._web.session(request)
        for page in dict.fromkeys(PAGES.values()):
            seat = self._web.seat(request, live.state, page)
            if seat is not None:
                return RedirectResponse(landing(request.path_params["sid"], seat.role, live.state), 303)
        rehearsed = self._rehearsed(request, live.state)
        if rehearsed is None:
            raise HTTPException(404, "seat")
        return RedirectResponse(rehearsed, 303)

    def _rehearsed(self, request: Request, state: State) -> str | None:
        """The workshop's door for who only came to its rehearsal, which is over: they know of it by the cookie it gave them."""
        sid = request.path_params["sid"]
        doors: dict[str, Role] = {"participer": "participant", "salle": "participant", "projeter": "projector"}
        for page, role in doors.items():
            kept = request.cookies.get(self._web.seats.cookie(sid + REHEARSAL, page), "")
            if kept and self._web.links.check_seat("cookie", sid + REHEARSAL, kept, 0):
                return self._web.links.role_path(sid, role, state.session.generations)
        return None

    async def show(self, request: Request) -> Response:
        """GET /s/{sid}/{page}"""
        live = await self._web.session(request)
        page = request.url.path.rpartition("/")[2]
        seat = self._web.seat(request, live.state, DESKS[page])
        if seat is None:
            return self._elsewhere(request, live.state, page)
        if live.state.session.status in OVER or (seat.role not in DRIVERS and latest(live.state) is not None):
            return self._over(request, live.state, seat)
        facts = self._facts(request, live.state, page, seat)
        return self._web.page(request, "page.html", entry=f"pages/{page}.js", name=page, **facts)

    def _elsewhere(self, request: Request, state: State, page: str) -> Response:
        """Without a seat for this page: whoever may have that link anyway is shown the door, others are not told more."""
        sid = request.path_params["sid"]
        drives = self._web.seat(request, state, "animer") is not None
        wanted: Role | None = None
        if page in ("preparer", "animer", "relire"):
            wanted = "facilitator" if self._web.key_holder(request) is not None else None
        elif page != "salle" and drives:
            wanted = "projector" if page == "projeter" else "participant"
        if wanted is None:
            raise HTTPException(404, "seat")
        return RedirectResponse(self._web.links.role_path(sid, wanted, state.session.generations), 303)

    def _over(self, request: Request, state: State, seat: Seat) -> Response:
        if seat.role in DRIVERS:
            return RedirectResponse(landing(request.path_params["sid"], seat.role, state), 303)
        return RedirectResponse(f"/s/{request.path_params['sid']}/restitution", 303)

    def _facts(self, request: Request, state: State, page: str, seat: Seat) -> dict[str, Any]:
        """The data-* attributes of <main>, without the "data-"; values are text."""
        web, sid = self._web, request.path_params["sid"]
        said = web.words(request)
        session = state.session
        facts = {
            "session": sid,
            "seat": seat.id,
            "role": seat.role,
            "language": said.language,
            "live": f"/s/{sid}/live?page={DESKS[page]}",
            "static": web.assets.base,
            "title": session.title,
            "code": codes.shown(session.code),
            "address": web.address(),
            "qr": f"/s/{sid}/qr/participant.svg" + (f"?site={seat.site}" if seat.site else ""),
            "home": "/",
        }
        if session.date:
            facts |= {"when": moment(state, said), "opens": opening(state, said)}
        if session.rehearsal:
            facts["rehearsal"] = "1"
        elif door := web.rehearsal_door(sid, state, seat.role, seat.site):
            facts["rehearsal"] = f"/s/{sid}/repeter" if seat.role in DRIVERS else door
        if page in ("participer", "salle"):
            facts["personal"] = web.settings.url + web.links.personal_path(sid, seat.id, seat.generation)
            facts["leave"] = f"/s/{sid}/quitter"
        if seat.role in DRIVERS:
            facts |= {"links": f"/s/{sid}/liens", "archive": f"/s/{sid}/archive"}
            facts |= {"prepare": f"/s/{sid}/preparer", "drive": f"/s/{sid}/animer", "wall": f"/s/{sid}/projeter"}
            facts |= {"review": f"/s/{sid}/relire", "screens": f"/s/{sid}/ecrans"}
        if page == "preparer":
            facts["methods"] = json.dumps([_card_of(one) for one in methods_of(web)], ensure_ascii=False)
            axes = [{"label": axis.label, "from": axis.from_, "until": axis.until} for axis in web.lab.axes]
            facts |= {"axes": json.dumps(axes, ensure_ascii=False), "holder": "1" if web.key_holder(request) is not None else ""}
        return {"facts": facts, "title": session.title, "sheets": SHEETS[page]}

    async def links(self, request: Request) -> Response:
        """GET /s/{sid}/liens: every role's and room's link as they are now, or one seat's (?place), for facilitators."""
        live = await self._web.session(request)
        if self._web.seat(request, live.state, "animer") is None:
            raise HTTPException(404)
        place = request.query_params.get("place")
        if place is not None:
            return JSONResponse(self._personal(request.path_params["sid"], live.state, place))
        sid = request.path_params["sid"]
        under_way = self._web.rehearsal_door(sid, live.state, "facilitator") != ""
        return JSONResponse({**links_of(self._web, sid, live.state), "rehearsal": f"/s/{sid}/repeter" if under_way else ""})

    def _personal(self, sid: str, state: State, place: str) -> dict[str, str]:
        """{url, qr} of one seat's own link, for who lost theirs and stands before a facilitator."""
        seat = state.find(Seat, place)
        if seat is None or seat.removed or seat.role == "projector":
            raise HTTPException(404)
        path = self._web.links.personal_path(sid, seat.id, seat.generation)
        return {"url": self._web.settings.url + path, "qr": f"/s/{sid}/qr/moi.svg?place={seat.id}"}


def links_of(web: Web, sid: str, state: State) -> dict[str, Any]:
    """{"roles": {role: {url, qr}}, "rooms": {site id: {url, qr, door}}}: `door` is the participants' link from that room."""
    generations = state.session.generations

    def pair(role: Role, site: str = "") -> dict[str, str]:
        path = web.links.role_path(sid, role, generations, site)
        suffix = f"?site={site}" if site else ""
        return {"url": web.settings.url + path, "qr": f"/s/{sid}/qr/{role}.svg{suffix}"}

    rooms = sorted((site for site in state.all(Site) if site.room), key=lambda site: site.rank)
    return {
        "roles": {role: pair(role) for role in LINKED},
        "rooms": {site.id: {**pair("room", site.id), "door": pair("participant", site.id)} for site in rooms},
    }


def methods_of(web: Web) -> list[Method]:
    """The library, the simplest methods first."""
    return sorted(web.directory.methods.values(), key=lambda method: (method.niveau, method.titre))


def _card_of(method: Method) -> dict[str, Any]:
    steps = [{"title": block.titre, "minutes": block.minutes, "nature": block.nature} for block in method.blocs]
    return {"id": method.id, "title": method.titre, "summary": method.resume, "minutes": method.duree_min, "steps": steps}

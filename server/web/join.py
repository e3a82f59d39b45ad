"""The door: role links, personal links, and the form that takes a seat. It works before any script."""

from __future__ import annotations

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitation import texts
from facilitation.commands import Join
from facilitation.people import SHUT_OUT
from facilitation.records import Role, Seat, Site
from facilitation.rejections import Refused, Rejection
from facilitation.rights import DRIVERS
from facilitation.state import State
from server.identity import pseudonyms
from server.identity.links import Place
from server.identity.seats import PAGES
from server.live.session import LiveSession
from server.web.assets import SHEETS
from server.web.pages import Web, nonce
from server.web.plan import moment, opening
from server.web.restitution import Restitution

OVER = ("closing", "closed")
FEW_SITES = 5  # above, a list instead of large buttons
AHEAD = {page: f"pages/{page}.js" for page in ("participer", "salle", "projeter")}
"""Page behind the door -> its module: all that it needs is fetched while the form is filled in."""
DEPARTMENTS = (
    "Ariège", "Aude", "Aveyron", "Gard", "Gers", "Haute-Garonne", "Hautes-Pyrénées", "Hérault", "Lot", "Lozère",
    "Pyrénées-Orientales", "Tarn", "Tarn-et-Garonne",
)  # fmt: skip
"""Suggested, never imposed: the departments of the region that the product was made for."""


class Form(msgspec.Struct, kw_only=True):
    """What came in the form, as typed; `errors` by field, as sentences."""

    name: str = ""
    site: str = ""
    service: str = ""
    department: str = ""
    manages: bool = False
    shared: bool = False
    heads: str = "4"
    nonce: str = ""
    errors: dict[str, str] = {}


class Door:
    """Handlers of /s/{sid}/l/… and /s/{sid}/moi/…"""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._restitution = Restitution(web)

    async def show(self, request: Request) -> Response:
        """GET /s/{sid}/l/{token}: straight in for who is seated already, else the form."""
        live, place = await self._place(request)
        seat = self._web.seat(request, live.state, PAGES[place.role])
        if seat is not None:
            return RedirectResponse(landing(request.path_params["sid"], seat.role, live.state), 303)
        if shut(live.state, place.role):
            return self.over(request, live.state)
        if door_closed(live.state, place.role):
            return self._closed(request, live.state)
        site = request.query_params.get("site", "")
        known = site if live.state.find(Site, site) else ""
        return self._form(request, live.state, place, Form(site=known, nonce=nonce()))

    async def _place(self, request: Request) -> tuple[LiveSession, Place]:
        live = await self._web.session(request)
        place = self._web.links.read_role(
            request.path_params["sid"], request.path_params["token"], live.state.session.generations,
            request.query_params.get("site", ""),
        )  # fmt: skip
        if place is None:
            raise HTTPException(404, "link")
        return live, place

    def over(self, request: Request, state: State) -> Response:
        """The page of a session that takes nobody in any more: the minutes, or the day they will come."""
        return self._restitution.page(request, state, request.url.path)

    def _closed(self, request: Request, state: State) -> Response:
        """The page of a door that the facilitators closed: those who are seated never see it."""
        return self._web.page(request, "porte.html", 403, title=state.session.title, again=_address(request))

    def _form(self, request: Request, state: State, place: Place, form: Form, status: int = 200) -> Response:
        taken = [seat.name for seat in state.all(Seat) if not seat.removed]
        sites = sorted(state.all(Site), key=lambda site: site.rank)
        said = self._web.words(request)
        return self._web.page(
            request, "rejoindre.html", status,
            session=state.session, sid=request.path_params["sid"], place=place, form=form, sites=sites,
            few=len(sites) <= FEW_SITES, room=state.find(Site, place.site), pseudonyms=pseudonyms.offered(taken, 8),
            drives=place.role in DRIVERS, departments=DEPARTMENTS, action=str(request.url.path), query=request.url.query,
            known=self._known(request, state, place),
            when=moment(state, said) if state.session.date else "", opens=opening(state, said),
            ahead=AHEAD.get(PAGES[place.role], ""), sheets=SHEETS.get(PAGES[place.role], ()),
            rehearsal=self._web.rehearsal_door(request.path_params["sid"], state, place.role, form.site),
        )  # fmt: skip

    def _known(self, request: Request, state: State, place: Place) -> list[Seat]:
        """The facilitators' seats that whoever holds the lab's key may take up again on this device."""
        if place.role not in DRIVERS or self._web.key_holder(request) is None:
            return []
        return [seat for seat in state.all(Seat) if seat.role in DRIVERS and not seat.removed]

    async def enter(self, request: Request) -> Response:
        """POST /s/{sid}/l/{token}: take a seat. The same form sent twice takes one."""
        live, place = await self._place(request)
        if shut(live.state, place.role):
            return self.over(request, live.state)
        if door_closed(live.state, place.role):
            return self._closed(request, live.state)
        fields = await request.form()
        form = _read({name: value for name, value in fields.items() if isinstance(value, str)}, place)
        if "prendre" in fields or "autre" in fields:
            if "prendre" in fields:
                form.name = str(fields["prendre"])[:80]
            return self._form(request, live.state, place, form)
        known = next((seat for seat in self._known(request, live.state, place) if seat.id == fields.get("reprendre")), None)
        if known is not None:
            return self._resumed(request, live.state, known)
        if form.shared and place.role == "participant":
            place = Place("room", form.site)
        sid = request.path_params["sid"]
        rejection = await self._seated(live, sid, place, form)
        if rejection is not None:
            self._explain(form, rejection, request)
            return self._form(request, live.state, place if not form.shared else Place("participant"), form, 422)
        seat = live.state.find(Seat, self._web.links.drawn_seat(sid, form.nonce))
        if seat is None:
            raise HTTPException(503)
        answer = RedirectResponse(landing(sid, seat.role, live.state), 303)
        self._web.seats.give(answer, sid, seat)
        return answer

    async def _seated(self, live: LiveSession, sid: str, place: Place, form: Form) -> Rejection | None:
        try:
            command = _join(self._web.links.drawn_seat(sid, form.nonce), place, form, live.state)
        except Refused as refused:
            return refused.rejection
        return await live.ask(command, actor="", id=self._web.links.command_id("join", sid, form.nonce))

    def _explain(self, form: Form, rejection: Rejection, request: Request) -> None:
        said = self._web.words(request)
        match rejection.code:
            case "empty_text":
                form.errors = {"name": said("Indiquez un nom, ou prenez un pseudonyme.")}
            case "bad_number":
                form.errors = {"heads": said.refusal(rejection)}
            case "unknown_record":
                form.errors = {"site": said("Ce site n’existe plus. Choisissez-en un autre.")}
            case "text_too_long" | "bad_text":
                form.errors = {_too_long(form): said.refusal(rejection)}
            case _:
                form.errors = {"form": said.refusal(rejection)}

    # --- personal links ------------------------------------------------------------------------------------------

    async def personal(self, request: Request) -> Response:
        """GET /s/{sid}/moi/{token}: one's own seat on another device. Asks first where this browser holds another."""
        live = await self._web.session(request)
        seat = self._owner(request, live.state)
        present = self._web.seat(request, live.state, PAGES[seat.role])
        if present is not None and present.id != seat.id:
            return self._web.page(
                request, "reprendre.html", session=live.state.session, seat=seat, present=present, action=request.url.path
            )
        return self._resumed(request, live.state, seat)

    async def resume(self, request: Request) -> Response:
        """POST /s/{sid}/moi/{token}: yes, take that seat here."""
        live = await self._web.session(request)
        return self._resumed(request, live.state, self._owner(request, live.state))

    def _owner(self, request: Request, state: State) -> Seat:
        sid, token = request.path_params["sid"], request.path_params["token"]
        seat = state.find(Seat, self._web.links.seat_named(token))
        if seat is None or seat.removed or not self._web.links.check_seat("link", sid, token, seat.generation):
            raise HTTPException(404, "link")
        return seat

    def _resumed(self, request: Request, state: State, seat: Seat) -> Response:
        sid = request.path_params["sid"]
        answer = RedirectResponse(landing(sid, seat.role, state), 303)
        self._web.seats.give(answer, sid, seat)
        return answer

    async def leave(self, request: Request) -> Response:
        """POST /s/{sid}/quitter {page}: this browser forgets its seat; the seat itself stays."""
        page = str((await request.form()).get("page", ""))
        answer = RedirectResponse("/", 303)
        if page in PAGES.values():
            self._web.seats.take(answer, request.path_params["sid"], page)
        return answer


def shut(state: State, role: str) -> bool:
    """Whether a session takes no new seat of that role."""
    return state.session.status in OVER or (state.session.status == "ended" and role not in DRIVERS)


def door_closed(state: State, role: str) -> bool:
    """Whether the door is closed to newcomers with that role's link, however many share their device."""
    return state.session.door_closed and role in SHUT_OUT


def landing(sid: str, role: Role, state: State) -> str:
    """Where a seat of that role goes now."""
    page = PAGES[role]
    if page == "animer":
        page = {"preparing": "preparer", "closing": "archive", "closed": "archive"}.get(state.session.status, page)
    return f"/s/{sid}/{page}"


def _read(fields: dict[str, str], place: Place) -> Form:
    return Form(
        name=fields.get("nom", "")[:400],
        site=place.site or fields.get("site", "")[:80],
        service=fields.get("service", "")[:400],
        department=fields.get("departement", "")[:400],
        manages="encadre" in fields,
        shared="plusieurs" in fields,
        heads=fields.get("tetes", "4")[:4],
        nonce=fields.get("jeton", "")[:64] or nonce(),
    )


def _join(seat: str, place: Place, form: Form, state: State) -> Join:
    """The command of a form. Raises Refused where a head count is no number."""
    name = form.name
    heads = 1
    if place.role == "room":
        if not form.heads.strip().isdigit():
            raise Refused("bad_number", value=form.heads or "?", low=1, high=60)
        heads = int(form.heads)
    if place.role == "projector":
        site = state.find(Site, form.site)
        name = f"Écran {site.name}"[: texts.NAME] if site else "Écran"
    return Join(
        seat=seat, name=name, role=place.role, site=form.site, service=form.service, department=form.department,
        manages=form.manages, heads=heads,
    )  # fmt: skip


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _too_long(form: Form) -> str:
    """The field that a text refusal is about."""
    fields = {"name": (form.name, texts.NAME), "service": (form.service, 120), "department": (form.department, 120)}
    for field, (text, limit) in fields.items():
        try:
            texts.clean(text, limit, lines=False, empty=True)
        except Refused:
            return field
    return "form"

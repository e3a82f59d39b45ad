"""Which seat a browser holds: one cookie a session and page family, so that one machine may drive, project and take part.

A cookie holds the seat's id and a signature over its generation: removing a seat, or leaving it, voids every copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from facilitation.records import Role, Seat
from facilitation.state import State
from server.identity.links import Links

PAGES: dict[Role, str] = {
    "facilitator": "animer", "cofacilitator": "animer", "participant": "participer", "observer": "participer",
    "room": "salle", "projector": "projeter",
}  # fmt: skip
"""Role -> the page where it lands, which also names its cookie."""

MOST = 20  # sessions looked up for one browser
AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer


def holds(seat: Seat | None, page: str) -> bool:
    """Whether a seat is still there and belongs on a page."""
    return seat is not None and not seat.removed and PAGES[seat.role] == page


class Seats:
    """Reads and writes the cookies of seats. `secure`: whether browsers come over TLS."""

    def __init__(self, links: Links, *, secure: bool) -> None:
        self.links = links
        self._secure = secure

    def cookie(self, session: str, page: str) -> str:
        """The cookie's name. `page` is a value of PAGES."""
        return f"{'__Host-' if self._secure else ''}pdc-{session}-{page}"

    def sessions(self, cookies: Mapping[str, str], page: str) -> list[str]:
        """The sessions that a browser may hold a seat in for a page; unchecked: `find` tells."""
        start, end = self.cookie("", page).split(f"-{page}")[0], f"-{page}"
        held = [name[len(start) : -len(end)] for name in cookies if name.startswith(start) and name.endswith(end)]
        return held[:MOST]

    def find(self, cookies: Mapping[str, str], session: str, page: str, state: State) -> Seat | None:
        """The seat that these cookies hold for a page of this session, checked against its state; None otherwise."""
        token = cookies.get(self.cookie(session, page), "")
        seat = state.find(Seat, self.links.seat_named(token)) if token else None
        if seat is None or not holds(seat, page):
            return None
        return seat if self.links.check_seat("cookie", session, token, seat.generation) else None

    def give(self, response: Response, session: str, seat: Seat) -> None:
        """Have the browser keep a seat."""
        response.set_cookie(
            self.cookie(session, PAGES[seat.role]),
            self.links.seat_token("cookie", session, seat.id, seat.generation),
            max_age=AGE, path="/", secure=self._secure, httponly=True, samesite="lax",
        )  # fmt: skip

    def take(self, response: Response, session: str, page: str) -> None:
        """Have the browser forget a seat."""
        response.delete_cookie(
            self.cookie(session, page), path="/", secure=self._secure, httponly=True, samesite="lax"
        )

"""The addresses of the invitation: for the session's facilitators, in the language of the request."""

from __future__ import annotations

from typing import Any

from facilitation import commands as ask
from facilitation.records import Seat, Site

PATHS = ("invitation.ics", "invitation.txt", "affiche.pdf", "deroule.pdf")


def made(site: Any) -> tuple[Any, str]:
    """A browser that prepares, and its workshop, dated."""
    browser = site.facilitator()
    sid = site.workshop(browser)
    seat = next(site.state(sid).all(Seat)).id
    for command in (
        ask.DescribeSession(date="2026-10-14", start="09:30"), ask.PutSite(name="Toulouse, rectorat", room=True, heads=4),
    ):  # fmt: skip
        assert site.ask(sid, command, seat) is None
    return browser, sid


def test_each_is_served_with_its_kind_and_name(site: Any) -> None:
    browser, sid = made(site)
    for path, kind, shown in (
        ("invitation.ics", "text/calendar; charset=utf-8", "attachment"), ("affiche.pdf", "application/pdf", "inline"),
        ("deroule.pdf", "application/pdf", "inline"),
    ):  # fmt: skip
        answer = browser.get(f"/s/{sid}/{path}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind and answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith(f'{shown}; filename="2026-10-14_')
    told = browser.get(f"/s/{sid}/invitation.txt")
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert site.link(sid, "participant") in told.text
    code = site.state(sid).session.code
    assert code[:4] in told.text and "/moi/" not in told.text


def test_a_site_has_a_poster_of_its_own(site: Any) -> None:
    browser, sid = made(site)
    place = next(site.state(sid).all(Site)).id
    answer = browser.get(f"/s/{sid}/affiche.pdf?site={place}")
    assert answer.status_code == 200 and "affiche-toulouse" in answer.headers["content-disposition"]
    assert browser.get(f"/s/{sid}/affiche.pdf?site=nowhere").status_code == 404


def test_an_agenda_needs_a_date(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    answer = browser.get(f"/s/{sid}/invitation.ics")
    assert answer.status_code == 409 and "date" in answer.text
    assert browser.get(f"/s/{sid}/invitation.txt").status_code == 200


def test_nobody_else_reads_them(site: Any) -> None:
    _, sid = made(site)
    holder = site.facilitator()
    for path in PATHS:
        assert site.browser().get(f"/s/{sid}/{path}").status_code == 404
        assert holder.get(f"/s/{sid}/{path}").status_code == 404, "the lab's key is not a facilitator's seat"

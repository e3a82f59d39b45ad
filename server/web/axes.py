"""The lab's axes: one page to add, rename, retire and put in order those that a workshop can be filed under."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitation import lab, wording
from facilitation.lab import Axis
from facilitation.rejections import Refused
from facilitation.state import Change, State
from server.web.pages import Web, now

NEW = "nouvel"
FIELDS = {"bad_date": "du", "bad_period": "au"}
"""Refusal -> the field that it stands beside; any other is about the label."""


class Axes:
    """Handlers of /axes, for whoever holds the facilitation key."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def show(self, request: Request) -> Response:
        """GET /axes"""
        if self._web.key_holder(request) is None:
            return RedirectResponse("/#animer", 303)
        await self._web.lab.refresh()
        return self._page(request)

    def _page(
        self, request: Request, status: int = 200, form: dict[str, str] | None = None, faults: dict[str, str] | None = None
    ) -> Response:
        """The list; `form` holds what was typed for one axis and could not be taken, `faults` why, by field."""
        today = self._today().isoformat()
        axes = self._web.lab.axes
        over = [axis for axis in axes if axis.until and axis.until < today]
        return self._web.page(
            request, "axes.html", status, axes=[axis for axis in axes if axis not in over], over=over, today=today,
            form=form or {"axe": "", "libelle": "", "du": "", "au": ""}, new=NEW, faults=faults or {},
        )  # fmt: skip

    async def change(self, request: Request) -> Response:
        """POST /axes {acte, axe, libelle, du, au}: acte is ranger (add or change), retirer, retablir, monter or descendre."""
        web = self._web
        if web.key_holder(request) is None:
            return RedirectResponse("/#animer", 303)
        sent = {name: str(value)[:400] for name, value in (await request.form()).items()}
        form = {name: sent.get(name, "") for name in ("axe", "libelle", "du", "au")}
        id = form["axe"] if form["axe"] and form["axe"] != NEW else secrets.token_hex(8)
        try:
            await web.lab.write(lambda state: self._decided(state, sent.get("acte", ""), id, form))
        except Refused as refused:
            field = FIELDS.get(refused.rejection.code, "libelle")
            if refused.rejection.code == "bad_date" and refused.rejection.params["value"] != form["du"][:40]:
                field = "au"
            faults = {field: web.words(request).refusal(refused.rejection)}
            return self._page(request, 422, {**form, "axe": form["axe"] or NEW}, faults)
        return RedirectResponse(f"/axes#axe-{id}", 303)

    def _decided(self, state: State, act: str, id: str, form: dict[str, str]) -> Sequence[Change]:
        today = self._today()
        match act:
            case "ranger":
                return lab.put_axis(state, id, label=form["libelle"], from_=form["du"], until=form["au"])
            case "retirer":
                return lab.retire_axis(state, id, (today - timedelta(days=1)).isoformat())
            case "retablir" if axis := state.find(Axis, id):
                return lab.put_axis(state, id, label=axis.label, from_=axis.from_, until="")
            case "monter" | "descendre":
                return lab.move_axis(state, id, -1 if act == "monter" else 1, today.isoformat())
        return ()

    def _today(self) -> date:
        return wording.local(now(), self._web.settings.timezone).date()

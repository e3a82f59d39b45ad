"""The archive page: closing a session, what was kept, its parts to download, and checking a file that came back."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import anyio.to_thread
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from facilitation import wording
from facilitation.records import Archive, Seat
from facilitation.report import derive
from facilitation.sessions import latest
from facilitation.state import State
from server.archive.verify import Verdict, verify
from server.live.session import LiveSession
from server.web.pages import Web, now
from server.web.plan import erased_on, held

PARTS = ("diffusion", "reserve", "compte-rendu")
ODT = "application/vnd.oasis.opendocument.text"


class Downloads:
    """Handlers of /s/{sid}/archive… and /verifier."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def _allowed(self, request: Request) -> tuple[LiveSession, Seat | None]:
        """The session, for its facilitators, and for whoever holds the lab's key. Raises a 404."""
        live = await self._web.session(request)
        seat = self._web.seat(request, live.state, "animer")
        if seat is None and self._web.key_holder(request) is None:
            raise HTTPException(404, "seat")
        return live, seat

    async def show(self, request: Request) -> Response:
        """GET /s/{sid}/archive; as JSON, only the session's status, which the page waits on while the bundle is written."""
        live, seat = await self._allowed(request)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"status": live.state.session.status})
        if seat is None and live.state.session.status == "ended":
            path = self._web.links.role_path(request.path_params["sid"], "facilitator", live.state.session.generations)
            return RedirectResponse(path, 303)
        return await self._page(request, live.state)

    async def _page(self, request: Request, state: State) -> Response:
        web, said, session = self._web, self._web.words(request), state.session
        archive = latest(state)
        minutes = await anyio.to_thread.run_sync(self._minutes, archive) if archive else None
        closed = ""
        if archive:
            closed = wording.day(wording.local(archive.at, session.timezone).date(), said.language)
        return web.page(
            request, "archive.html",
            sid=request.path_params["sid"], session=session, report=derive(state), archive=archive,
            minutes_size=minutes.file_size if minutes else 0, when=held(state, said), erased=erased_on(state, said, now()),
            closed=closed, earlier=self._earlier(state, said.language),
            files=_count(self._file(archive.shared) if archive else None),
            reserved=archive is not None and self._file(archive.reserved) is not None,
        )  # fmt: skip

    def _earlier(self, state: State, language: wording.Language) -> list[dict[str, Any]]:
        """The versions that another replaced, the newest first: which of their files are there, and from when."""
        versions = sorted(state.all(Archive), key=lambda one: one.version, reverse=True)[1:]
        return [
            {
                "archive": one, "shared": self._file(one.shared) is not None, "reserved": self._file(one.reserved) is not None,
                "day": wording.day(wording.local(one.at, state.session.timezone).date(), language),
            }
            for one in versions
        ]  # fmt: skip

    async def part(self, request: Request) -> Response:
        """GET /s/{sid}/archive/{part}, or /s/{sid}/archive/{version}/{part}: a zip, or the minutes alone."""
        live, _ = await self._allowed(request)
        part, version = request.path_params["part"], request.path_params.get("version", "")
        archive = live.state.find(Archive, version) if version else latest(live.state)
        if archive is None or part not in PARTS:
            raise HTTPException(404)
        return await self.send(archive, part)

    async def send(self, archive: Archive, part: str) -> Response:
        """One part of a bundle, of those that PARTS names. Raises a 404 where it is no longer on disk."""
        if part == "compte-rendu":
            return await anyio.to_thread.run_sync(self._minutes_alone, archive)
        name = archive.shared if part == "diffusion" else archive.reserved
        file = self._file(name)
        if file is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "no-store"}
        return FileResponse(file, filename=name, media_type="application/zip", headers=headers)

    def _file(self, name: str) -> Path | None:
        """A part on disk; names come from the archive record alone."""
        path = self._web.bundles / Path(name).name
        return path if path.is_file() else None

    def _minutes(self, archive: Archive) -> zipfile.ZipInfo | None:
        """Where the minutes stand in the part that may be passed on."""
        file = self._file(archive.shared)
        if file is None:
            return None
        with zipfile.ZipFile(file) as bundle:
            return next((one for one in bundle.infolist() if one.filename.endswith(".odt")), None)

    def _minutes_alone(self, archive: Archive) -> Response:
        member, file = self._minutes(archive), self._file(archive.shared)
        if member is None or file is None:
            raise HTTPException(404)
        with zipfile.ZipFile(file) as bundle:
            body = bundle.read(member)
        name = member.filename.rpartition("/")[2]
        disposition = f'attachment; filename="{name}"'
        return Response(body, media_type=ODT, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"})

    # --- checking ------------------------------------------------------------------------------------------------

    async def ask_verify(self, request: Request) -> Response:
        """GET /verifier"""
        return self._web.page(request, "verifier.html", verdict=None, error="")

    async def verify(self, request: Request) -> Response:
        """POST /verifier {dossier}: « intact » or « modifié : … ». Nothing of the file is kept."""
        said = self._web.words(request)
        async with request.form(max_files=1, max_fields=4) as form:
            upload = form.get("dossier")
            if not isinstance(upload, UploadFile) or not upload.filename:
                verdict, error = None, said("Choisissez un fichier ZIP.")
            else:
                verdict, error = await anyio.to_thread.run_sync(_checked, upload.file), ""
        status = 422 if error else 200
        if "application/json" in request.headers.get("accept", ""):
            intact = verdict is not None and verdict.intact
            return JSONResponse({"intact": intact, "message": error or self._told(request, verdict)}, status)
        return self._web.page(
            request, "verifier.html", status, verdict=verdict, error=error,
            told=self._told(request, verdict) if verdict else "",
        )  # fmt: skip

    def _told(self, request: Request, verdict: Verdict | None) -> str:
        said = self._web.words(request)
        if verdict is None:
            return ""
        if verdict.intact:
            return said.count("Intact\u00a0: {n} fichier conforme.", "Intact\u00a0: {n} fichiers conformes.", verdict.files)
        return said("Modifié\u00a0: {why}.", why=verdict.told(said.language))


def _checked(file: BinaryIO) -> Verdict:
    """The verdict on an uploaded file, read into memory only."""
    return verify(file.read())


def _count(file: Path | None) -> int:
    """How many files a part holds."""
    if file is None:
        return 0
    with zipfile.ZipFile(file) as bundle:
        return len(bundle.namelist())

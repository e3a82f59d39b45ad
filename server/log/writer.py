"""The one thread that holds the one connection of the file: it saves in groups, answers, and recovers from failure.

A turn takes everything that was asked meanwhile: first all writes in one transaction, one savepoint each, one flush for
all; then the questions, which so see those writes. Nobody is answered before the flush. After a COMMIT that failed,
nothing is trusted: the file is closed, reopened and asked whether the transaction is in it.
"""

import logging
import os
import queue
import threading
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from server import telemetry
from server.log.copying import Copy
from server.log.errors import LogError, StorageBroken, StorageFull
from server.log.failpoints import failpoint
from server.log.tables import Tables
from server.log.writes import Question, Write

GROUP = 500
"""Writes in one transaction at most: about 25 ms of work, so that one flood does not keep others waiting long."""

WAL_PAGES = 1_000
"""Pages (4 KiB) in the WAL after which it is copied into the file, between turns: SQLite's own default."""


class Job(NamedTuple):
    """Something asked, and the future that waits for its answer."""

    task: Write | Question | Copy
    future: "Future[Any]"


class Stop(NamedTuple):
    """Finish what came before, close the file, end the thread."""

    future: "Future[None]"


class Answer(NamedTuple):
    """A result or an error on its way back to the loop that asked."""

    future: "Future[Any]"
    result: object
    error: BaseException | None


ONE_ALONE = (apsw.ConstraintError, apsw.MismatchError, apsw.TooBigError)
"""Errors of SQLite that blame what was asked (a value of a wrong type, one too large), not the storage."""


class Writer:
    """The writer. `jobs` is its only entrance once it serves; give it Jobs, and one Stop at the end."""

    def __init__(self, path: Path, synchronous: str = "FULL", vfs: str = "") -> None:
        """Open the file, in the caller's thread. Raises as `Tables` does."""
        self.jobs: queue.SimpleQueue[Job | Stop] = queue.SimpleQueue()
        self._how = (path, synchronous, vfs)
        self._tables: Tables | None = None
        self._wal_pages = 0
        self._truncation_due = False
        self._doubtful = b""
        self._copies: list[Job] = []
        self._answers: list[Answer] = []
        self._open()

    def serve(self, release: Callable[[], None]) -> None:
        """Hand the file to a thread that serves until told to stop, and then calls `release`."""
        threading.Thread(target=self._run, args=(release,), name="log-writer", daemon=True).start()

    def _run(self, release: Callable[[], None]) -> None:
        stop = None
        while stop is None:
            jobs, stop = self._take()
            self._guarded_turn(jobs)
        while self._copies:
            self._guarded_turn([])
        if self._tables is not None:
            self._truncate()
        self._drop()
        release()
        self._answer(stop.future)
        self._deliver()

    def _guarded_turn(self, jobs: list[Job]) -> None:
        """A fault of ours must not leave everyone waiting for ever: trust nothing, answer, go on."""
        try:
            self._turn(jobs)
        except Exception as error:
            telemetry.event("log_writer_fault", level=logging.ERROR, error=error)
            self._drop()
            for job in jobs:
                self._answer(job.future, error=StorageBroken(f"fault in the writer: {type(error).__name__}"))
            self._deliver()

    def _take(self) -> tuple[list[Job], Stop | None]:
        """Everything that waits, up to GROUP; waits for the first one unless a backup is under way."""
        jobs: list[Job] = []
        try:
            job = self.jobs.get(block=not self._copies)
            while not isinstance(job, Stop):
                jobs.append(job)
                if len(jobs) == GROUP:
                    return jobs, None
                job = self.jobs.get_nowait()
            return jobs, job
        except queue.Empty:
            return jobs, None

    def _turn(self, jobs: list[Job]) -> None:
        writes = [job for job in jobs if isinstance(job.task, Write)]
        if writes:
            self._save(writes)
            self._deliver()
        for job in jobs:
            if isinstance(job.task, Copy):
                self._copies.append(job)
            elif not isinstance(job.task, Write):
                self._question(job.task, job.future)
        self._step_copies()
        self._deliver()
        self._tidy()

    # Writes

    def _save(self, jobs: list[Job]) -> None:
        """Save a group of writes and answer them."""
        try:
            tables = self._ready()
            outcomes = self._transact(tables, jobs)
        except LogError as error:
            for job in jobs:
                self._answer(job.future, error=error)
        else:
            self._answers += outcomes

    def _transact(self, tables: Tables, jobs: list[Job]) -> list[Answer]:
        """One transaction with one savepoint per write. Raises StorageFull or StorageBroken: nothing was saved."""
        failpoint("before-begin")
        turn, committing = os.urandom(16), False
        try:
            tables.connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._attempt(tables, job) for job in jobs]
            if all(outcome.error for outcome in outcomes):
                tables.connection.execute("ROLLBACK")
                return outcomes
            tables.mark(turn)
            failpoint("before-commit")
            committing = True
            tables.connection.execute("COMMIT")
            failpoint("after-commit")
        except apsw.Error as error:
            self._recover(error, turn if committing else b"")
        if any(job.task.erases for job in jobs if isinstance(job.task, Write)):
            self._truncate()
        return outcomes

    def _attempt(self, tables: Tables, job: Job) -> Answer:
        """One write in its savepoint: a refusal undoes this one alone; a failure of the storage goes to all."""
        assert isinstance(job.task, Write)
        tables.connection.execute("SAVEPOINT one")
        try:
            answer = Answer(job.future, job.task.apply(tables), None)
        except Exception as error:
            if isinstance(error, apsw.Error) and not isinstance(error, ONE_ALONE):
                raise
            tables.connection.execute("ROLLBACK TO one")
            answer = Answer(job.future, None, error)
        tables.connection.execute("RELEASE one")
        return answer

    # Failure

    def _recover(self, error: apsw.Error, turn: bytes) -> None:
        """Return if the transaction marked `turn` is on disk after all; otherwise raise what to answer.

        An empty `turn` means that COMMIT was not reached: then nothing was saved, and a full disk needs no reopening.
        """
        telemetry.event("log_save_failed", level=logging.WARNING, error=error)
        if isinstance(error, apsw.FullError) and not turn and self._roll_back():
            raise StorageFull(_reason(error)) from error
        self._drop()
        self._doubtful = turn
        try:
            saved = self._ready().turn() == turn
        except (LogError, apsw.Error) as again:
            raise _failure(error) from again
        if not saved or not turn:
            raise _failure(error) from error

    def _roll_back(self) -> bool:
        try:
            if self._tables and self._tables.connection.in_transaction:
                self._tables.connection.execute("ROLLBACK")
            return True
        except apsw.Error:
            return False

    def _ready(self) -> Tables:
        """The open tables; reopens them after a failure. Raises StorageBroken, TooNew while that does not succeed."""
        if self._tables is None:
            try:
                self._open()
                self._settle()
            except apsw.Error as error:
                self._drop()
                raise _failure(error) from error
            telemetry.event("log_reopened", level=logging.WARNING)
        assert self._tables is not None
        return self._tables

    def _settle(self) -> None:
        """Where the doubtful transaction is in the reopened WAL, make it durable before anyone sees it.

        A failed flush may leave the kernel believing that those pages are on disk; the checkpoint writes them anew
        into the file and flushes that.
        """
        assert self._tables is not None
        if self._doubtful and self._tables.turn() == self._doubtful:
            self._tables.truncate()
        self._doubtful = b""

    def _open(self) -> None:
        tables = Tables(*self._how)
        tables.connection.set_wal_hook(self._count_wal)
        self._tables = tables
        self._truncation_due = True  # whoever held the file before may have died between a destruction and its traces

    def _drop(self) -> None:
        """Close a connection that is no longer trusted, and end the backups that read through it."""
        for job in self._copies[:]:
            self._end_copy(job, StorageBroken("the file was reopened during the backup"))
        if self._tables is not None:
            try:
                self._tables.connection.close(True)
            except apsw.Error as error:
                telemetry.event("log_close_failed", level=logging.WARNING, error=error)
            self._tables = None

    # Questions and backups

    def _question(self, task: Question, future: "Future[Any]") -> None:
        try:
            self._answer(future, task(self._ready()))
        except apsw.Error as error:
            self._drop()
            self._answer(future, error=_failure(error))
        except UnicodeDecodeError as error:
            # A damaged file gives bytes for a text.
            self._answer(future, error=StorageBroken(f"damaged text in the file: {error.reason}"))
        except Exception as error:
            self._answer(future, error=error)

    def _step_copies(self) -> None:
        for job in self._copies[:]:
            assert isinstance(job.task, Copy)
            try:
                done = job.task.step(self._ready().connection)
            except (apsw.Error, LogError, OSError) as error:
                self._end_copy(job, StorageBroken(f"the backup stopped: {error}"))
            else:
                if done:
                    self._copies.remove(job)
                    self._answer(job.future)

    def _end_copy(self, job: Job, error: LogError) -> None:
        assert isinstance(job.task, Copy)
        job.task.abandon()
        self._answer(job.future, error=error)
        if job in self._copies:
            self._copies.remove(job)

    # The WAL

    def _count_wal(self, connection: apsw.Connection, database: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _tidy(self) -> None:
        """Between turns: cut the WAL if traces are to go, or copy it into the file if it grew."""
        if self._truncation_due:
            self._truncate()
        elif self._tables is not None and self._wal_pages >= WAL_PAGES:
            self._checkpoint(apsw.SQLITE_CHECKPOINT_PASSIVE)

    def _truncate(self) -> None:
        """Remove destroyed bytes from the WAL; where that fails, again after the next turn."""
        self._truncation_due = not self._checkpoint(apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def _checkpoint(self, mode: int) -> bool:
        if self._tables is None:
            return False
        failpoint("before-checkpoint")
        try:
            self._tables.connection.wal_checkpoint(mode=mode)
        except (apsw.FullError, apsw.LockedError, apsw.BusyError) as error:
            telemetry.event("log_wal_kept", level=logging.WARNING, error=error)
            return False
        except apsw.Error as error:
            telemetry.event("log_wal_failed", level=logging.WARNING, error=error)
            self._drop()
            return False
        self._wal_pages = 0
        return True

    # Answers

    def _answer(self, future: "Future[Any]", result: object = None, error: BaseException | None = None) -> None:
        self._answers.append(Answer(future, result, error))

    def _deliver(self) -> None:
        """Send all answers of this turn, waking each loop once."""
        by_loop: dict[AbstractEventLoop, list[Answer]] = {}
        for answer in self._answers:
            by_loop.setdefault(answer.future.get_loop(), []).append(answer)
        self._answers = []
        for loop, answers in by_loop.items():
            try:
                loop.call_soon_threadsafe(_set, answers)
            except RuntimeError:
                # That loop is closed: whoever waited there is gone, and what was saved is saved.
                telemetry.event("log_answers_unheard", count=len(answers))


def _set(answers: list[Answer]) -> None:
    """In the loop's own thread: wake those who still wait (a cancelled wait is done already)."""
    for answer in answers:
        if answer.future.done():
            continue
        if answer.error is None:
            answer.future.set_result(answer.result)
        else:
            answer.future.set_exception(answer.error)


def _failure(error: apsw.Error) -> LogError:
    """What to answer for an error of SQLite."""
    return StorageFull(_reason(error)) if isinstance(error, apsw.FullError) else StorageBroken(_reason(error))


def _reason(error: apsw.Error) -> str:
    return f"{type(error).__name__}: {error}"

"""What the writer is asked to save: each kind checks itself and changes the tables, inside a transaction it is given."""

import os
from collections.abc import Callable, Sequence

import msgspec

from server.log import chain
from server.log.contract import Commit, SealPut
from server.log.failpoints import failpoint
from server.log.tables import LOG, Head, Tables


class Append:
    """One append: a commit, seal puts, and seals to open, shut and destroy, all or nothing."""

    def __init__(
        self,
        session: str,
        after: bytes | None,
        commit: Commit | None,
        puts: Sequence[SealPut],
        open: Sequence[str],
        shut: Sequence[str],
        destroy: Sequence[str],
    ) -> None:
        self.session, self.after, self.commit = session, after, commit
        self.puts, self.open, self.shut, self.destroy = tuple(puts), tuple(open), tuple(shut), tuple(destroy)
        # Encoded by whoever asks, in their own thread: a wrong type fails there, and the writer does less.
        self.stored = chain.body(commit) if commit else b""
        self.erases = bool(self.destroy)

    def apply(self, tables: Tables) -> Commit | None:
        """Change the tables. Raises what `Log.append` raises."""
        saved = self._add(tables)
        for seal in self.open:
            tables.open(self.session, seal)
        for put in self.puts:
            tables.put(self.session, put)
        self._remember(tables)
        for seal in self.shut:
            tables.shut(self.session, seal)
        for seal in self.destroy:
            tables.destroy(self.session, seal)
        failpoint("after-insert")
        return saved

    def _add(self, tables: Tables) -> Commit | None:
        if self.commit is None:
            if self.after is not None:
                tables.expect(self.session, self.after)
            return None
        head = tables.expect(self.session, self.after)
        return tables.add(self.session, head, self.commit, self.stored)

    def _remember(self, tables: Tables) -> None:
        commands = {(one.seat, one.id): LOG for one in self.commit.asked} if self.commit else {}
        for put in self.puts:
            if put.command:
                # The log, then the first seal that a command put under, remembers it.
                commands.setdefault((put.seat, put.command), put.seal)
        tables.remember(self.session, commands)


class Rewrite:
    """A whole log to put in the place of another, under new ids and a new chain."""

    erases = True

    def __init__(
        self, session: str, after: bytes, commits: Sequence[Commit], forget: Sequence[str], destroy: Sequence[str]
    ) -> None:
        if not commits:
            raise ValueError("a log is rewritten with at least the commit that says why")
        self.session, self.after = session, after
        self.forget, self.destroy = tuple(forget), tuple(destroy)
        self.commits = [msgspec.structs.replace(commit, id=os.urandom(16), hash=b"") for commit in commits]
        self.stored = [chain.body(commit) for commit in self.commits]

    def apply(self, tables: Tables) -> Commit:
        """Change the tables. Raises what `Log.rewrite` raises."""
        tables.expect(self.session, self.after)
        for seat in self.forget:
            tables.forget(self.session, seat)
        tables.erase(self.session)
        head = tables.head(self.session)
        for commit, stored in zip(self.commits, self.stored, strict=True):
            saved = tables.add(self.session, head, commit, stored)
            tables.remember_again(self.session, commit.asked)
            head = Head(head.seq + 1, saved.id, saved.hash)
        for seal in self.destroy:
            tables.destroy(self.session, seal)
        return saved


Write = Append | Rewrite
Question = Callable[[Tables], object]

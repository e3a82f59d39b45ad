"""Named points where a chaos test kills this process, as `kill -9` would; nothing happens unless one is armed.

PASDECOTE_FAILPOINT="before-commit" kills at the first passage, "before-commit:3" at the third. An unknown name is
refused at start: a harness that never fires proves nothing.
"""

import os
import signal

VARIABLE = "PASDECOTE_FAILPOINT"

NAMES = frozenset(
    {
        "after-decode",  # live: a command was decoded, nothing was done yet
        "before-begin",  # log: a group of appends is about to be written
        "after-insert",  # log: one append of the group is in the transaction
        "before-commit",  # log: all of the group is in the transaction
        "after-commit",  # log: the group is on disk, nobody was answered
        "before-checkpoint",  # log: the WAL is about to be copied into the file
        "during-backup",  # log: some pages of a backup are copied
        "after-append",  # live: the log has answered, nobody was told
        "after-shut",  # live: a round's seal is shut, its tally is not in the log
        "before-bundle",  # live: a session is closing, nothing of its bundle is written
        "before-rename",  # archive: a part of the bundle is on disk, not yet under its name
        "after-bundle",  # live: the bundle is written, the session is not yet closed
        "before-publish",  # live: the sender may know, the others do not
    }
)


def failpoint(name: str) -> None:
    """Die here, without any clean-up, if this point is armed and was passed often enough."""
    global _left
    if name != _armed:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _parse(setting: str) -> tuple[str, int]:
    name, _, passage = setting.partition(":")
    if name and name not in NAMES:
        raise ValueError(f"{VARIABLE}={setting!r}: expected one of {', '.join(sorted(NAMES))}")
    return name, int(passage or 1)


_armed, _left = _parse(os.environ.get(VARIABLE, ""))

"""One process owns the file: an OS lock on a small file beside it, released by the kernel however the process ends."""

import fcntl
import os
from pathlib import Path

from server.log.errors import Locked


class FileLock:
    """The lock on `<path>.lock`, which holds the owner's process id. Raises `Locked`, OSError."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise Locked(str(path), f"process {owner}" if owner else "another process") from None
        os.ftruncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let another process take the file. The lock file stays: removing it would let two processes in."""
        os.close(self._file)

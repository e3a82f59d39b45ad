"""`pasdecote verify`: the same check as the page « Vérifier », on files of this machine."""

from __future__ import annotations

from pathlib import Path

from server.archive.verify import verify
from server.web.i18n import Words


def verified(path: Path, said: Words) -> tuple[bool, str]:
    """Whether a part of a bundle is as it was written, and the sentence that says so. Raises OSError."""
    verdict = verify(path)
    if verdict.intact:
        return True, said.count("intact ({n} fichier)", "intact ({n} fichiers)", verdict.files)
    return False, said("modifié\u00a0: {why}", why=verdict.told(said.language))

"""What every record is made of: the base class, the scopes, the words that several nouns share."""

from __future__ import annotations

from typing import Literal

import msgspec

Scope = str
"""Who sees a record that carries one: "everyone", "facilitators", "group:<id>", "author" (who wrote it) or "seat:<id>"."""

Role = Literal["facilitator", "cofacilitator", "participant", "observer", "room", "projector"]
Tint = Literal["", "paille", "pastel", "tilleul", "rose", "lavande", "abricot"]
Nature = Literal["collaborative", "top-down", "pause", "logistics"]
View = Literal["accueil", "ecrire", "lire", "regrouper", "voter", "resultat", "actions", "fin"]
SheetType = Literal["action", "decision", "parking"]
Mix = Literal["service", "site"]


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=False):
    """What every record has: an `id`, unique within its kind and session."""

    id: str

"""Why a connection ends: a code, the WebSocket close code that goes with it, and a sentence fit for a screen.

Sentences are French message ids, translated at the edge; PROTOCOL.md lists the codes.
"""

from __future__ import annotations

from typing import NamedTuple


class Bye(NamedTuple):
    """How one kind of ending is told. `close` is the WebSocket close code; 4000 and above are ours."""

    close: int
    sentence: str


BYES: dict[str, Bye] = {
    "restarting": Bye(1012, "Le serveur redémarre. La page se reconnecte toute seule."),
    "not_binary": Bye(1003, "Cette page parle une autre langue que le serveur. Rechargez-la."),
    "malformed": Bye(1007, "Le serveur n’a pas pu lire ce que la page a envoyé. Rechargez-la."),
    "unfit": Bye(1008, "La page a envoyé quelque chose que cette version ne connaît pas. Rechargez-la."),
    "hello_expected": Bye(1008, "La page ne s’est pas présentée au serveur. Rechargez-la."),
    "broken": Bye(1011, "Une erreur du serveur a coupé cette page. Elle se reconnecte toute seule."),
    "unknown_seat": Bye(4401, "Votre place n’est plus reconnue. Reprenez le lien de l’atelier pour revenir."),
    "unknown_session": Bye(4404, "Cet atelier n’existe pas sur ce serveur."),
    "rehearsal_over": Bye(4410, "La répétition est terminée. Rien de ce qui y a été écrit n’est gardé."),
    "too_slow": Bye(4408, "La connexion est trop lente pour suivre. La page réessaie."),
    "too_late": Bye(4440, "La page a mis trop de temps à se présenter. Elle réessaie."),
    "too_fast": Bye(4429, "Trop d’envois à la fois. La page reprend dans un instant."),
    "too_many": Bye(4409, "Cette place est déjà ouverte dans plusieurs onglets ou appareils. Fermez-en un."),
    "session_full": Bye(4432, "L’atelier a atteint son nombre de connexions. Réessayez dans un instant."),
    "server_full": Bye(4433, "Le serveur a atteint son nombre de connexions. Réessayez dans un instant."),
    "storage_broken": Bye(4503, "L’atelier ne peut pas être lu pour le moment. Rien n’est effacé. La page réessaie."),
}

"""Every refusal code and its sentence: what was expected, what came, what to do.

A rejection is an ordinary answer, not an exception. Sentences are French message ids with {named} places,
translated at the edge; PROTOCOL.md lists the codes.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Rejection(msgspec.Struct, frozen=True):
    """A refused intent: a `code` of `SENTENCES`, and the values of its sentence's places."""

    code: str
    params: dict[str, Any] = {}

    @property
    def sentence(self) -> str:
        """The French sentence, filled in."""
        return SENTENCES[self.code].format(**self.params)


class Refused(Exception):
    """How a rule stops: `decide` turns it into the `Rejection` that it carries. Never leaves `facilitation`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        if code not in SENTENCES:
            raise LookupError(f"rejection code {code!r} has no sentence")
        self.rejection = Rejection(code, params)


SENTENCES: dict[str, str] = {
    # the edge: shape and limits
    "malformed": "Ce message n’est pas lisible\u202f: {problem}. Rechargez la page.",
    "unknown_command": "La commande «\u00a0{name}\u00a0» n’existe pas dans cette version. Rechargez la page.",
    "too_fast": "Trop d’envois à la fois. Rien n’est perdu\u202f: la suite partira dans un instant.",
    "busy": "Beaucoup de monde écrit en même temps. Rien n’est perdu\u202f: l’envoi recommence tout seul.",
    "storage_full": "Le serveur n’a plus de place\u202f: rien de nouveau ne peut être enregistré. Ce qui l’était est intact.",
    "storage_broken": "L’enregistrement ne répond pas\u202f: rien de nouveau n’est sûr. Gardez la page ouverte.",
    "broken": "Le serveur n’a pas su faire cela. L’erreur est notée, et rien n’a changé.",
    # who and when
    "unknown_seat": "Votre place n’est plus reconnue. Reprenez le lien de l’atelier pour revenir.",
    "not_allowed": "Votre rôle ne permet pas cela à cette étape.",
    "not_open": "L’atelier n’est pas ouvert\u202f: cela sera possible à l’ouverture.",
    "already_open": "L’atelier est déjà ouvert.",
    "ended": "L’atelier est terminé\u202f: plus rien ne peut être ajouté.",
    "not_ended": "Terminez d’abord l’atelier\u202f: l’archive se fait ensuite.",
    "closed": "L’atelier est archivé\u202f: il ne change plus.",
    "locked": "L’animation a suspendu la saisie. Votre texte est gardé.",
    "wrong_role": "Ce lien ne donne pas la place demandée.",
    "seats_full": "L’atelier est complet ({limit}\u00a0places).",
    # texts
    "empty_text": "Le texte est vide\u202f: écrivez au moins un mot.",
    "text_too_long": "Le texte compte {length}\u00a0caractères, {limit} au plus. Raccourcissez-le ou faites-en deux notes.",
    "bad_text": "Le texte contient un caractère de contrôle invisible. Recopiez-le sans mise en forme.",
    "bad_date": "«\u00a0{value}\u00a0» n’est pas une date. Attendu\u202f: une date comme 2026-10-14.",
    "bad_time": "«\u00a0{value}\u00a0» n’est pas une heure. Attendu\u202f: une heure comme 09:30.",
    "bad_number": "{value} est hors limites\u202f: entre {low} et {high}.",
    "bad_choice": "«\u00a0{value}\u00a0» n’est pas un choix possible ici.",
    "bad_period": "La fin ({end}) vient avant le début ({start}).",
    "already_listed": "«\u00a0{value}\u00a0» est déjà dans la liste à ces dates.",
    # things that are not there
    "unknown_record": "Cet élément n’existe plus ou n’a jamais été visible pour vous.",
    "unknown_method": "La méthode «\u00a0{name}\u00a0» n’est pas dans la bibliothèque.",
    "unknown_zone": "Cette zone n’est pas sur ce tableau.",
    "no_block": "Aucune étape n’est en cours. Commencez par la première.",
    # notes
    "time_over": "Le temps d’écriture est clos. Votre texte est gardé.",
    "too_many_notes": "L’atelier contient déjà {limit}\u00a0notes, le maximum. Retirez-en avant d’en ajouter.",
    "not_yours": "Seule la personne qui a écrit cette note, ou l’animation, peut faire cela.",
    "still_hidden": "Ces notes ne sont pas encore révélées.",
    "changed_meanwhile": "Cet élément a changé entre-temps. Regardez-le de nouveau avant de continuer.",
    "nothing_to_reveal": "Aucune note n’attend d’être révélée.",
    "voting_open": "Un vote est ouvert sur ces éléments. Attendez sa clôture.",
    "needs_two": "Choisissez au moins deux groupes de notes.",
    # rounds
    "no_round_here": "Cette étape ne prévoit pas de vote.",
    "round_open": "Un vote est déjà ouvert. Fermez-le d’abord.",
    "round_closed": "Ce vote est clos\u202f: il ne change plus.",
    "round_not_closed": "Ce vote est encore ouvert\u202f: fermez-le avant de montrer le résultat.",
    "nothing_to_vote": "Il faut au moins deux choix pour ouvrir ce vote.",
    "no_ballot": "Votre place ne vote pas dans ce tour.",
    "no_such_head": "Cet appareil compte {heads}\u00a0personnes\u202f: il n’y a pas de bulletin n°\u00a0{head}.",
    "already_deposited": "Ce bulletin est déposé\u202f: il est définitif.",
    "unknown_option": "Ce choix n’est pas dans le vote\u202f: la liste est figée depuis l’ouverture.",
    "over_budget": "Vous avez placé {marks}\u00a0gommettes, {budget} au plus.",
    "over_cap": "{cap}\u00a0gommettes au plus sur un même choix.",
    "own_idea": "On ne vote pas pour sa propre idée dans ce tour.",
    "one_level": "Choisissez une seule réponse.",
    # people
    "heads_below_ballots": "{ballots}\u00a0bulletins sont déjà déposés ici\u202f: l’effectif ne peut pas descendre en dessous.",
    "not_a_room": "Cette place n’est pas un appareil partagé.",
    "last_facilitator": "Il faut au moins une personne à l’animation.",
    "site_in_use": "Des personnes sont rattachées à ce site\u202f: il ne peut pas être retiré.",
    "door_closed": "L’animation a fermé la porte de l’atelier\u202f: demandez-lui de l’ouvrir.",
    "on_device": "Votre bulletin est sur l’appareil de la salle. Reprenez votre place ici pour voter d’ici.",
    "rehearsing": "Une répétition ne s’archive pas\u202f: elle s’efface à la fin.",
    "bad_link": "«\u00a0{value}\u00a0» n’est pas une adresse. Attendu\u202f: une adresse qui commence par https://.",
    # groups
    "no_groups_here": "Cette étape ne prévoit pas de sous-groupes.",
    "groups_running": "Des sous-groupes travaillent. Ramenez d’abord tout le monde en plénière.",
    "groups_over": "Ces sous-groupes sont terminés.",
    "nobody_to_group": "Il faut au moins deux personnes présentes pour former des sous-groupes.",
    "nothing_to_merge": "Aucun sous-groupe n’a encore travaillé\u202f: il n’y a rien à réunir.",
    "group_not_empty": "Ce sous-groupe n’est pas vide\u202f: placez d’abord ses membres ailleurs.",
    # agenda
    "current_block": "Cette étape est en cours\u202f: passez à une autre avant de la retirer.",
    "block_used": "Cette étape a déjà servi\u202f: elle reste au compte rendu.",
    "plan_in_use": "L’atelier a commencé\u202f: le déroulé ne peut plus être remplacé en entier.",
    # timers
    "no_timer": "Aucun minuteur n’est en cours.",
    "timer_running": "Le minuteur tourne déjà.",
}

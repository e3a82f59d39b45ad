"""A whole workshop by keyboard alone, in the list, with all that a screen reader is told held against one frozen transcript.

`PASDECOTE_TRANSCRIPT=write` writes the transcript anew: read the difference before committing it.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.listener import Listener, expect_text, listener
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, Stage

TRANSCRIPT = Path(__file__).parent / "transcripts" / "seance.txt"
DRAFT = "Le badge arrive"


async def comes_in(one: Listener, quick: Quick) -> None:
    await one.page.goto(quick.roles["participant"])
    await one.chapter("La porte")
    await one.goes_to("Votre nom")
    await one.types(one.name)
    await one.goes_to("Montpellier")
    await one.presses_key("Space")
    await one.goes_to("Entrer dans l'atelier")
    await one.new_page()
    await one.presses_key("Enter")
    await one.is_in()


async def writes_in_silence(one: Listener, quick: Quick) -> None:
    await one.chapter("Écrire en silence")
    await quick.enter("Écrire en silence")
    await one.hears("Nouvelle étape : Écrire en silence.")
    await one.no_timer_speaks()
    await one.goes_to("Vent")
    await one.presses_key("ArrowDown", "ArrowDown")
    await one.is_on("Ancre")
    await one.goes_to("Votre note")
    await one.types("Le badge arrive trop tard")
    await one.presses_key("Control+Enter")
    await one.hears("Note posée")
    await expect(one.page.locator(".own-list").get_by_text("Le badge arrive trop tard").first).to_be_visible()
    await one.is_on("Votre note")
    await one.types(DRAFT)


async def reads_what_is_revealed(one: Listener, quick: Quick) -> None:
    """The reveal, then the next step, come while a draft is being written: neither takes the focus or a letter."""
    await one.chapter("Révéler et lire")
    claire = quick.crowd["Claire"]
    for text in ("Pas d’adresse de messagerie", "On ne croise personne"):
        await quick.writes(claire, text)
    await quick.driver.until(lambda: quick.driver.block is not None)
    await quick.driver.do("reveal_notes", block=quick.block("Écrire en silence")["id"])
    await one.hears("3 notes sont révélées à tout le monde.")
    await one.is_on("Votre note")
    await quick.enter("Lire, site par site")
    await one.hears("Nouvelle étape : Lire, site par site.")
    await one.is_on("Votre note")
    await expect(one.page.get_by_label("Votre note", exact=True)).to_have_value(DRAFT)
    await one.presses_key("Control+a", "Delete")
    await quick.driver.do("turn_wall", view="lire", focus=quick.zone("ancre"), page=0)
    await one.hears("mur : L'ancre")
    await one.goes_to("Liste")
    await one.presses_key("Enter")
    await expect_text(one.page, "Pas d'adresse de messagerie")
    await one.goes_to("élément de liste", quietly=True)
    await one.walks_to("Pas d'adresse de messagerie")


async def follows_the_gathering(one: Listener, quick: Quick) -> None:
    """A new step comes while a note is being read: the reader stays on it."""
    await one.chapter("Regrouper")
    await quick.enter("Regrouper")
    await one.hears("Nouvelle étape : Regrouper.")
    await one.is_on("Pas d'adresse de messagerie")
    await quick.gather(["Le badge arrive trop tard", "Pas d’adresse de messagerie"], "Matériel et accès")
    await quick.gather(["On ne croise personne"], "Se repérer")
    await expect_text(one.page, "Matériel et accès")
    await one.is_on("Pas d'adresse de messagerie")


async def votes(one: Listener, quick: Quick) -> None:
    await one.chapter("Gommettes")
    await quick.enter("Gommettes")
    await one.hears("Nouvelle étape : Gommettes.")
    round = await quick.round()
    await one.hears("Le vote est ouvert")
    await one.goes_to("Y aller")
    await one.presses_key("Enter")
    await one.goes_to("Matériel et accès : aucune gommette")
    await one.presses_key("Enter")
    await one.hears("Il vous reste 2 gommettes")
    await one.presses_key("Enter")
    await one.hears("Il vous reste 1 gommette")
    await one.goes_to("Se repérer : aucune gommette")
    await one.presses_key("Enter")
    await one.hears("Gommettes toutes placées")
    await quick.driver.do("close_round", round=round["id"], show=True)
    await one.hears("Le résultat du vote est affiché.")


async def hears_the_clock(one: Listener, quick: Quick) -> None:
    await one.chapter("La dernière minute")
    await quick.driver.do("stop_timer")
    await quick.driver.do("start_timer", seconds=62)
    await one.hears("Encore une minute.")
    await one.no_timer_speaks()
    await quick.driver.do("announce", text="Une pause de dix minutes")
    await one.hears("Annonce : Une pause de dix minutes")


async def works_in_a_group(one: Listener, quick: Quick) -> None:
    await one.chapter("En sous-groupe")
    block = quick.block("Lire, site par site")
    await quick.enter("Lire, site par site")
    await one.hears("Nouvelle étape : Lire, site par site.")
    await one.hears("mur : L'ancre")
    await quick.driver.do("draw_groups", block=block["id"], mode="random", size=2, seed="00")
    await quick.driver.until(lambda: bool(quick.driver.all("partition")))
    partition = quick.driver.all("partition")[0]["id"]
    await quick.driver.do("start_groups", partition=partition, seconds=600)
    await one.hears("Travail en sous-groupe")
    await quick.driver.do("recall_groups", partition=partition)
    await one.hears("Retour en plénière.")
    await one.hears("mur : L'ancre")


async def gives_a_note_to_the_time_spent(one: Listener, quick: Quick) -> None:
    await one.chapter("ROTI et fin")
    scale = next(block for block in quick.driver.all("block") if (block["round"] or {}).get("method") == "scale")
    await quick.enter(scale["title"])
    await one.hears("Nouvelle étape")
    round = await quick.round()
    await one.hears("Le vote est ouvert")
    await one.goes_to("Très utile")
    await one.presses_key("ArrowDown")
    await one.is_on("4 Utile")
    await one.hears("Réponse enregistrée")
    await quick.driver.do("close_round", round=round["id"], show=True)
    await one.hears("Le résultat du vote est affiché.")
    await quick.driver.do("end_session")
    await one.hears("L'atelier est terminé. Merci.")


COURSE = (
    comes_in, writes_in_silence, reads_what_is_revealed, follows_the_gathering, votes, hears_the_clock, works_in_a_group,
    gives_a_note_to_the_time_spent,
)  # fmt: skip


async def test_the_recorder_hears_what_is_said_twice_and_what_is_said_no_more(stage: Stage) -> None:
    one = await listener(stage, "Maïwenn", COMPUTER)
    await one.page.goto(stage.server.url)
    await one.chapter("Essai")
    await one.page.evaluate("""async () => {
      const [status, timer] = [document.createElement("p"), document.createElement("p")];
      status.setAttribute("role", "status");
      timer.setAttribute("role", "timer");
      document.body.append(status, timer);
      for (const said of ["Un", "Un\u00a0", "", "Deux"]) {
        await new Promise(requestAnimationFrame);
        status.textContent = said;
        timer.textContent = said;
      }
      const alert = document.body.appendChild(document.createElement("p"));
      alert.setAttribute("role", "alert");
      alert.textContent = "Attention";
    }""")
    await one.hears("Attention")
    assert one.transcript == ["", "# Essai", "[poli] Un", "[poli] Un", "[poli] Deux", "[pressant] Attention"]
    await one.page.evaluate("() => document.querySelector('[role=timer]').setAttribute('aria-live', 'polite')")
    with pytest.raises(AssertionError, match="the timer speaks"):
        await one.no_timer_speaks()


async def test_a_workshop_by_keyboard_and_by_ear(stage: Stage) -> None:
    quick = await Quick.made(stage)
    await quick.joins("Claire", site="Montpellier")
    one = await listener(stage, "Maïwenn", COMPUTER)
    for part in COURSE:
        await part(one, quick)
    heard = "\n".join(one.transcript).strip().splitlines()
    if os.environ.get("PASDECOTE_TRANSCRIPT") == "write":
        TRANSCRIPT.parent.mkdir(exist_ok=True)
        TRANSCRIPT.write_text("\n".join(heard) + "\n", encoding="utf-8")
    frozen = TRANSCRIPT.read_text(encoding="utf-8").splitlines()
    assert heard == frozen, "\n".join(difflib.unified_diff(frozen, heard, "transcript", "heard", lineterm=""))

"""An incident as a few lines for a WhatsApp group: what, where, since when, how sure, what was said, where to read."""

from django.utils.translation import gettext, override

from rembug.lib import say
from rembug.reports import words
from rembug.reports.queries.public_types import IncidentView
from rembug.reports.queries.work.operator import Entered, ToPaste
from rembug.reports.queries.work.replies import OwnReply
from rembug.reports.rules import receipts


def message(view: IncidentView, address: str) -> str:
    """Return the text; `*…*` is bold in WhatsApp."""
    card = view.card
    count = f"{words.reports(card.report_count)}, {words.witnesses(card.witness_count)}"
    lines = [
        f"*{words.happening(card)}*",
        words.place(card),
        f"{_sentence(words.since(card))}. {_seen(view)}.",
        f"{count}: {words.rung(card.rung)}, {words.likely(card.probability)}.",
    ]
    lines += [f"{reply.office}: “{reply.text}”" for reply in view.replies[:2]]
    lines += ["", address, gettext("Ini laporan warga, bukan peringatan resmi. Darurat: telepon 112.")]
    return "\n".join(lines)


def _seen(view: IncidentView) -> str:
    return gettext("Terakhir dilihat %(at)s") % {
        "at": f"{say.moment(view.card.last_at)}, {say.day(view.card.last_at)}"
    }


def _sentence(words_said: str) -> str:
    return words_said[:1].upper() + words_said[1:]


@override("id")
def reply_text(said: OwnReply, address: str) -> str:
    """Return a body's reply as a message for a group; in the city's language, whatever the writer reads."""
    where = ", ".join(dict.fromkeys(words.place(one.card) for one in said.incidents[:3]))
    rest = len(said.incidents) - 3
    if rest > 0:
        where += gettext(" dan %(n)s tempat lain") % {"n": rest}
    lines = [
        f"*{gettext('Tanggapan %(office)s') % {'office': said.office}}*",
        where,
        "",
        f"“{said.text}”",
        "",
    ]
    return "\n".join([*lines, address])


@override("id")
def receipt_text(found: Entered, address: str) -> str:
    """Return what goes back to somebody who wrote to the city: the number, and the link to their own receipt."""
    number = {"number": receipts.number_text(found.code), "ref": found.foreign_ref}
    if found.foreign_ref:
        first = gettext("Terima kasih. Laporan %(ref)s sudah kami terima dengan nomor %(number)s.") % number
    else:
        first = gettext("Terima kasih. Laporan Anda sudah kami terima dengan nomor %(number)s.") % number
    return "\n".join([first, gettext("Ikuti kabarnya, atau betulkan, di tautan pribadi ini:"), address])


@override("id")
def pasted_text(said: ToPaste) -> str:
    """Return a reply as it goes back into the conversation."""
    number = said.foreign_ref or receipts.number_text(said.report)
    first = gettext("Kabar untuk laporan %(number)s dari %(office)s:") % {
        "number": number,
        "office": said.office,
    }
    return f"{first}\n{said.text}"

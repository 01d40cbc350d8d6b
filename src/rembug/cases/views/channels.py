"""Other channels at the coordinator's desk: a file comes in, the answers go back."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from rembug.cases.actions.bring import Brought, bring
from rembug.cases.queries.channels import answers, channel_of
from rembug.cases.queries.setup import facts_of
from rembug.cases.rules.channels import chat_rows, table_rows
from rembug.lib.cells import safe_cell
from rembug.lib.errors import Invalid, NotFound, RembugError
from rembug.lib.request import Request
from rembug.places import queries as places

LARGEST = 1_000_000  # some two thousand complaints; the command `rembug cases import` takes larger files


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: Request) -> HttpResponse:
    """Take a file of another channel in; every refused row says why. The same file again doubles nothing."""
    done: Brought | None = None
    fault, status = "", 200
    if request.method == "POST":
        try:
            done = _brought(request)
        except RembugError as error:
            fault, status = error.message, error.status
    known = facts_of(request.city).channels
    page = {"channels": known, "done": done, "fault": fault, "chosen": request.POST.get("channel", "")}
    return render(request, "cases/work_channels.html", page, status=status)


@require_safe
def answered(request: Request, channel: str) -> HttpResponse:
    """The answers under the channel's own headings, as CSV to paste there."""
    try:
        found = channel_of(request.city, channel)
    except NotFound as error:
        raise Http404(error.message) from error
    request.actor.require("coordinator", "administrator", city=request.city)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=found.delimiter, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in found.export])
    for row in answers(request.city, found):
        writer.writerow([safe_cell(cell) for cell in row.values()])
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="jawaban-{found.code}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _brought(request: Request) -> Brought:
    """Read the file of the form and take it in. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    channel = channel_of(request.city, request.POST.get("channel", "")[:40])
    file = request.FILES.get("file")
    data = file.read(LARGEST + 1) if file else b""
    if not data:
        raise Invalid(gettext("Pilih berkasnya."))
    if len(data) > LARGEST:
        raise Invalid(gettext("Berkas terlalu besar. Bagi menjadi berkas yang lebih kecil."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(gettext("Berkas tidak terbaca. Simpan ulang sebagai CSV UTF-8.")) from error
    zone = ZoneInfo(places.city(request.city).timezone)
    if str(getattr(file, "name", "")).lower().endswith(".txt"):
        if not channel.whatsapp:
            raise Invalid(gettext("Saluran ini tidak punya obrolan WhatsApp. Kirim berkas CSV."))
        rows = chat_rows(text, zone)
    else:
        rows = table_rows(text, channel.columns, channel.delimiter, channel.date_format, zone)
    return bring(rows, actor=request.actor, city=request.city, channel=channel)

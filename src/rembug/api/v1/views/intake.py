"""`POST /api/v1/reports`: the same action as the form, for programs and for the phone's outbox."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from rembug.api.v1 import wire
from rembug.api.v1.problems import endpoint
from rembug.lib import clock
from rembug.lib.actor import system
from rembug.lib.errors import KeyMissing, Malformed, RembugError, TooLarge
from rembug.lib.request import Request
from rembug.reports.actions.receive import receive_one
from rembug.reports.actions.refuse import count_refusals
from rembug.reports.rules.submission import Submission

BODY_MAX = 16_384
CHANNEL = "api"


@endpoint("POST")
def reports(request: Request) -> HttpResponse:
    """Take in one report; answer only after it is stored. The key makes a repeated send harmless."""
    try:
        submission = _submission(request)
    except RembugError as fault:  # what comes as far as the action is counted there
        counted = [(request.city, CHANNEL, fault.code)]
        count_refusals(counted, now=clock.now(), actor=system("reports.intake"))
        raise
    receipt = receive_one(submission, actor=request.actor)
    answer = HttpResponse(
        wire.receipt_json(receipt, public_url=settings.PUBLIC_URL),
        status=201 if receipt.created else 200,
        content_type="application/json",
    )
    answer["Cache-Control"] = "no-store"
    answer["Location"] = f"/laporan/{receipt.code}/"
    return answer


def _submission(request: Request) -> Submission:
    key = _key(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_MAX:
        raise TooLarge("Satu laporan paling besar 16 KB. Kirim foto terpisah.")
    sent = {"city": request.city, "channel": CHANNEL, "proof": request.headers.get("X-Proof", "")}
    return wire.submission_of(request.body, key=key, **sent)


def _key(request: Request) -> UUID:
    raw = request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not raw:
        raise KeyMissing("Tambahkan kepala Idempotency-Key berisi UUID buatan pengirim.")
    try:
        return UUID(raw)
    except ValueError:
        raise Malformed("Idempotency-Key harus berupa UUID.") from None

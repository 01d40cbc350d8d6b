"""`PUT /api/v1/reports/{code}/photos/{uuid}`: a photo after its report, under a key made by the sender."""

import secrets
from uuid import UUID

import orjson
from django.http import HttpResponse

from rembug.api.v1.problems import endpoint, problem
from rembug.lib import address
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.reports.actions.guesses import check_token
from rembug.reports.actions.photo import BYTES_MAX, add_photo


@endpoint("PUT")
def photo(request: Request, code: str, client_id: UUID) -> HttpResponse:
    """Store the bytes of the body. The receipt's token in `X-Receipt-Token` is the right; a repeat is harmless."""
    token = request.headers.get("X-Receipt-Token", "")
    if not token:
        return problem("not-allowed", "Tambahkan kepala X-Receipt-Token dari jawaban laporan.", status=403)
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_MAX:
        return problem("too-large", "Satu foto paling besar 10 MB.", status=413)
    known = check_token(actor=request.actor, token=token, address=address.network_of(request))
    if not secrets.compare_digest(known.encode(), code.encode()):
        raise NotFound("Tanda terima ini bukan untuk laporan itu.")
    stored, created = add_photo(actor=request.actor, token=token, client_id=client_id, data=request.body)
    body = {"id": str(client_id), "report": code, "status": stored.state}
    answer = HttpResponse(orjson.dumps(body), status=201 if created else 200, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer

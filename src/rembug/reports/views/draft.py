"""The signed hidden field that carries a report from question to question; the server keeps nothing."""

from django.core import signing

from rembug.lib import ids
from rembug.lib.request import Request
from rembug.reports.rules.draft import Draft, from_json

SALT = "reports.flow"


def fresh() -> Draft:
    """Return an empty draft with its own id: a second send of it is the same report."""
    return Draft(client_id=str(ids.uuid7()))


def seal(draft: Draft) -> str:
    """Return the draft as text that only we can have written."""
    return signing.dumps(draft.to_json(), salt=SALT, compress=True)


def unseal(request: Request) -> Draft | None:
    """Return the draft that came with the page, or None when there is none that we wrote."""
    try:
        return from_json(signing.loads(request.POST.get("draft", ""), salt=SALT))
    except (signing.BadSignature, TypeError):
        return None

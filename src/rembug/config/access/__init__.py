"""The permission table: each URL name, who may call it, and on which object that is checked.

Deny by default: an address without a line here is refused, and `tests/test_permissions.py` fails. One file an app.
A `scoped` line also needs a sample in that test; other parameters are made up by their kind.
"""

from rembug.config.access.accounts import ACCOUNTS
from rembug.config.access.alerts import ALERTS
from rembug.config.access.api import API
from rembug.config.access.audit import AUDIT
from rembug.config.access.calls import CALLS
from rembug.config.access.cases import CASES
from rembug.config.access.commitments import COMMITMENTS
from rembug.config.access.confidential import CONFIDENTIAL
from rembug.config.access.deliberation import DELIBERATION
from rembug.config.access.evidence import EVIDENCE
from rembug.config.access.learning import LEARNING
from rembug.config.access.meetings import MEETINGS
from rembug.config.access.people import PEOPLE
from rembug.config.access.reports import REPORTS
from rembug.config.access.water import WATER
from rembug.config.access.web import WEB
from rembug.lib.access import Access

TABLE: dict[str, Access] = (
    ACCOUNTS
    | PEOPLE
    | WEB
    | REPORTS
    | AUDIT
    | API
    | EVIDENCE
    | WATER
    | ALERTS
    | CASES
    | CALLS
    | MEETINGS
    | DELIBERATION
    | COMMITMENTS
    | LEARNING
    | CONFIDENTIAL
)

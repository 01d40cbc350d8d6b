"""Report flow, receipts, public pages, staff pages: who may call which address."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

DECIDERS: tuple[Role, ...] = ("verifier", "officer", "coordinator", "administrator")
REPLIERS: tuple[Role, ...] = (*DECIDERS, "member", "facilitator", "approver")
OPERATORS: tuple[Role, ...] = ("officer", "coordinator", "administrator")
COORDINATION: tuple[Role, ...] = ("coordinator", "administrator")

REPORTS: dict[str, Access] = {
    "reports:report": Access(PUBLIC, object="a public report of this city"),
    "reports:incident": Access(PUBLIC, object="a public incident of this city"),
    "reports:incident-text": Access(PUBLIC, object="a public incident of this city"),
    "reports:area": Access(PUBLIC),
    "reports:recap": Access(PUBLIC),
    "reports:calibration": Access(PUBLIC),
    "reports:flow": Access(PUBLIC),
    "reports:flow-map": Access(PUBLIC),
    "reports:flow-check": Access(PUBLIC, object="changes nothing"),
    "reports:mine": Access(PUBLIC, object="what the phone itself keeps"),
    "reports:receipt": Access(PUBLIC, object="the report of the secret token"),
    "reports:receipt-followup": Access(PUBLIC, object="the report of the secret token"),
    "reports:receipt-correct": Access(PUBLIC, object="the report of the secret token"),
    "reports:receipt-withdraw": Access(PUBLIC, object="the report of the secret token"),
    "reports:receipt-photo": Access(PUBLIC, object="the report of the secret token"),
    "reports:photo": Access(
        PUBLIC, object="released photos; others for handlers of the area (queries.photo_files)"
    ),
    "reports:vote": Access(PUBLIC, object="own voice, by person or device, on a public incident"),
    "reports:work": Access(REPLIERS, object="what waits within own areas and bodies"),
    "reports:work-morning": Access(COORDINATION, object="own areas (queries.work.scope)"),
    "reports:work-check": Access(DECIDERS, object="reports of own areas, never own reports"),
    "reports:work-case": Access(DECIDERS, object="a report of own areas (queries.work.case)", scoped=True),
    "reports:work-decide": Access(
        DECIDERS, object="a report of own areas, never an own one (actions.decide)"
    ),
    "reports:work-take-down": Access(DECIDERS, object="a report of own areas (actions.moderate)"),
    "reports:work-restore": Access(DECIDERS, object="a report of own areas (actions.moderate)"),
    "reports:work-mask": Access(DECIDERS, object="a report of own areas (actions.moderate)"),
    "reports:work-separate": Access(DECIDERS, object="a report of own areas (actions.link)"),
    "reports:work-photos": Access(DECIDERS, object="photos of own areas, never own photos"),
    "reports:work-look-attached": Access(
        DECIDERS, object="a photo of own areas, never an own one (actions.attach)"
    ),
    "reports:work-look": Access(DECIDERS, object="a photo of own areas, never an own one (actions.look)"),
    "reports:work-incidents": Access(REPLIERS, object="what own bodies received"),
    "reports:work-incident": Access(
        REPLIERS, object="an incident that an own body received, or of own areas"
    ),
    "reports:work-reply": Access(REPLIERS, object="a reply of an own body"),
    "reports:work-reply-withdraw": Access(REPLIERS, object="a reply of an own body (actions.reply)"),
    "reports:work-enter": Access(OPERATORS, object="places of own areas (actions.operator)"),
    "reports:work-entered": Access(OPERATORS, object="a message of own areas (queries.work.operator)"),
    "reports:work-to-paste": Access(OPERATORS, object="messages of own areas"),
    "reports:work-pasted": Access(OPERATORS, object="a message of own areas (actions.operator)"),
}

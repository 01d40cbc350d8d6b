"""Bodies, invitations, personal data: who may call which address."""

from rembug.lib.access import PUBLIC, SIGNED_IN, Access
from rembug.lib.actor import Role

ACTING: tuple[Role, ...] = (
    *("member", "verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
COORDINATION: tuple[Role, ...] = ("coordinator", "administrator")

PEOPLE: dict[str, Access] = {
    "people:bodies": Access(PUBLIC),
    "people:body": Access(PUBLIC, object="listed bodies of this city (queries.bodies)"),
    "people:bodies-csv": Access(PUBLIC),
    "people:contact": Access(PUBLIC, object="a body of this city that somebody acts for (actions.contact)"),
    "people:register": Access(PUBLIC),
    "people:registered": Access(PUBLIC),
    "people:accept": Access(PUBLIC, object="the invitation whose link this session followed"),
    "people:invitation": Access(PUBLIC, object="the invitation of the link"),
    "people:mine": Access(PUBLIC, object="own account, when signed in"),
    "people:my-data": Access(PUBLIC, object="own data, by person or device"),
    "people:my-data-download": Access(PUBLIC, object="own data; a caller without any is refused (actions)"),
    "people:my-data-correct": Access(SIGNED_IN, object="own account"),
    "people:my-data-withdraw": Access(SIGNED_IN, object="own account"),
    "people:my-data-erase": Access(PUBLIC, object="own data, by person or device"),
    "people:registrations": Access(COORDINATION, object="only registrations in own areas (queries.bodies)"),
    "people:registration": Access(
        COORDINATION, object="a group of own areas (queries, actions)", scoped=True
    ),
    "people:import": Access(COORDINATION, object="groups of own areas (actions.directory)"),
    "people:merge": Access(COORDINATION, object="two bodies of own areas (actions.directory)"),
    "people:inbox": Access(ACTING, object="messages to own bodies (queries.messages)"),
    "people:message-handled": Access(ACTING, object="a message to an own body (actions.contact)"),
    "people:invitations": Access(COORDINATION, object="own body and area (rules.may_give)"),
    "people:revoke-invitation": Access(
        COORDINATION, object="own body and area (rules.may_give)", scoped=True
    ),
    "people:roles": Access(COORDINATION, object="own body and area (rules.may_give)"),
    "people:end-role": Access(COORDINATION, object="own body and area (rules.may_give)", scoped=True),
    "people:hand-over": Access(ACTING, object="an own role, or one that one may end (actions.invitations)"),
    "people:disable-person": Access(("administrator",), object="people of this city only (actions.persons)"),
}

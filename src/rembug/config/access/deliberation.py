"""Proposals: who may read, support, propose, decide, answer."""

from rembug.lib.access import PUBLIC, SIGNED_IN, Access
from rembug.lib.actor import Role

SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
OWN = "a proposal of a body that one speaks for (actions.propose)"

DELIBERATION: dict[str, Access] = {
    "deliberation:list": Access(PUBLIC),
    "deliberation:calendar": Access(PUBLIC),
    "deliberation:feed": Access(PUBLIC),
    "deliberation:not-agreed": Access(PUBLIC),
    "deliberation:sheet-csv": Access(PUBLIC),
    "deliberation:sheet-xlsx": Access(PUBLIC),
    "deliberation:answers": Access(PUBLIC),
    "deliberation:answer": Access(PUBLIC, object="an answer sheet of this city"),
    "deliberation:letter": Access(PUBLIC, object="an answer sheet of this city"),
    "deliberation:proposal": Access(PUBLIC, object="a proposal of this city"),
    "deliberation:support": Access(PUBLIC, object="a proposal of this city; one voice a phone or person"),
    "deliberation:argue": Access(SIGNED_IN, object="a proposal of this city"),
    "deliberation:work": Access(SPEAKERS, object="proposals and demands of bodies that one has a role in"),
    "deliberation:work-new": Access(SPEAKERS, object="a body that one speaks for (actions.propose)"),
    "deliberation:work-import": Access(SPEAKERS, object="a body that one speaks for (actions.propose)"),
    "deliberation:work-proposal": Access(SPEAKERS, object="a proposal of this city; each act is checked"),
    "deliberation:work-move": Access(SPEAKERS, object=OWN),
    "deliberation:work-decide": Access(SPEAKERS, object="a body of this stage and place (actions.decide)"),
    "deliberation:work-deliver": Access(SPEAKERS, object=OWN),
    "deliberation:dossier-answers": Access(PUBLIC, object="a dossier of this city"),
    "deliberation:work-deliver-dossier": Access(
        SPEAKERS, object="a dossier that an own body wrote (actions.answer)"
    ),
    "deliberation:work-answer": Access(
        SPEAKERS, object="the asked body, or the asking one for its own steps (actions.answer)"
    ),
    "deliberation:work-hide": Access(
        ("coordinator", "facilitator", "administrator"), object="an argument of this city (actions.speak)"
    ),
}

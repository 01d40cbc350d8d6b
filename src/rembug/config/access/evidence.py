"""Datasets, versions and arguments: who may call which address."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

EDITORS: tuple[Role, ...] = ("member", "verifier", "officer", "coordinator", "facilitator", "administrator")

WRITERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)

ASKERS: tuple[Role, ...] = ("facilitator", "coordinator", "officer")

MAPPERS: tuple[Role, ...] = ("member", "verifier", "officer", "coordinator", "facilitator")

COMMENTERS: tuple[Role, ...] = (
    *("member", "verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
MODERATORS: tuple[Role, ...] = ("coordinator", "facilitator", "administrator")

EVIDENCE: dict[str, Access] = {
    "evidence:catalogue": Access(PUBLIC),
    "evidence:dataset": Access(PUBLIC, object="a dataset of this city"),
    "evidence:version": Access(PUBLIC, object="a published version of this city"),
    "evidence:measures": Access(PUBLIC),
    "evidence:measures-of": Access(PUBLIC, object="a published version of this city"),
    "evidence:measures-csv": Access(PUBLIC, object="a published version of this city"),
    "evidence:file": Access(PUBLIC, object="a file of a published version"),
    "evidence:dossiers": Access(PUBLIC),
    "evidence:dossier": Access(PUBLIC, object="a dossier of this city"),
    "evidence:dossier-version": Access(PUBLIC, object="a dossier of this city"),
    "evidence:dossier-paper": Access(PUBLIC, object="a dossier of this city"),
    "evidence:dossier-write": Access(WRITERS, object="a body that one speaks for (actions.dossier)"),
    "evidence:dossier-review": Access(WRITERS, object="another body that one speaks for (actions.dossier)"),
    "evidence:comment": Access(COMMENTERS, object="a body that one has a role in (actions.comment)"),
    "evidence:comment-withdraw": Access(COMMENTERS, object="one's own comment (actions.comment)"),
    "evidence:comment-hide": Access(
        MODERATORS, object="a comment on another body's dossier (actions.comment)"
    ),
    "evidence:surveys": Access(PUBLIC),
    "evidence:survey": Access(PUBLIC, object="a survey of this city; a phone's sheet is counted once"),
    "evidence:survey-desk": Access(ASKERS, object="surveys of a body that one asks for"),
    "evidence:survey-new": Access(ASKERS, object="a body that one asks for (actions.survey)"),
    "evidence:survey-work": Access(ASKERS, object="a survey of a body that one asks for (queries.surveys)"),
    "evidence:survey-close": Access(ASKERS, object="a survey of a body that one asks for (actions.survey)"),
    "evidence:survey-void": Access(
        ASKERS, object="a pile of a survey of a body that one asks for (actions.survey)"
    ),
    "evidence:workshops": Access(PUBLIC),
    "evidence:workshop": Access(PUBLIC, object="a common map of this city"),
    "evidence:workshop-desk": Access(MAPPERS, object="maps of own bodies; those that one may review"),
    "evidence:workshop-new": Access(MAPPERS, object="a body that one acts for (actions.workshop)"),
    "evidence:workshop-work": Access(
        MAPPERS, object="a map of an own body, or one to review (queries.workshops)"
    ),
    "evidence:workshop-import": Access(MAPPERS, object="a map of an own body (actions.workshop)"),
    "evidence:workshop-review": Access(
        MAPPERS, object="marks that another person entered; not for members (actions.workshop)"
    ),
    "evidence:workshop-freeze": Access(MAPPERS, object="a map of an own body (actions.workshop)"),
    "evidence:new": Access(EDITORS, object="a dataset of an own body (actions.ask)"),
    "evidence:freeze": Access(EDITORS, object="a dataset of an own body (actions.ask)"),
}

"""What everybody would see of a report that is not sent yet."""

from dataclasses import dataclass

from rembug.lib.pii import mask
from rembug.reports.queries.catalogue import Kind
from rembug.reports.queries.town import Town
from rembug.reports.rules.draft import Draft


@dataclass(frozen=True, slots=True)
class Preview:
    """The public face of a report. `is_rough`: its place is shown only as the kelurahan."""

    title: str
    depth_class: str
    setting: str
    since: str
    ward: str
    landmark: str
    text: str
    signed_name: str
    is_private: bool
    is_rough: bool


def preview(draft: Draft, here: Town, kind: Kind) -> Preview:
    """Return what the public pages would say."""
    ward = here.ward(draft.area_code)
    if ward is None and draft.lon is not None and draft.lat is not None:
        ward = here.ward_at(draft.lon, draft.lat)
    rough = draft.setting != "street" if draft.setting else kind.is_home  # as sensitivity_of in processing
    dry = kind.is_flood and draft.depth_class == "dry"
    return Preview(
        title=kind.name,
        depth_class=draft.depth_class if kind.is_flood else "",
        setting="" if dry else draft.setting,
        since="" if dry else draft.since,
        ward=ward.name if ward else "",
        landmark="" if rough else draft.landmark,
        text=mask(draft.text),
        signed_name=draft.signed_name,
        is_private=draft.visibility == "private",
        is_rough=rough,
    )

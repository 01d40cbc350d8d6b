"""From which pages one link leads to a thread, and how a thread is named in its address."""

KINDS = {
    "laporan": "reports:report",
    "kejadian": "reports:incident",
    "kasus": "cases:case",
    "data": "evidence:dataset",
    "usulan": "deliberation:proposal",
    "komitmen": "commitments:promise",
}
"""Kind in the thread's address -> the page that it belongs to."""
PAGES = {kind: (page,) for kind, page in KINDS.items()} | {
    "data": ("evidence:dataset", "evidence:version", "evidence:measures-of"),
    "dukung": ("evidence:dossier", "evidence:dossier-version"),
    "jawaban": ("deliberation:answer", "deliberation:letter"),
    "survei": ("evidence:survey",),
    "peta": ("evidence:workshop",),
}
"""Kind in a thread's address -> the pages from which one link leads there; some are ways into another thread."""
BY_SLUG = frozenset({"data", "dukung"})

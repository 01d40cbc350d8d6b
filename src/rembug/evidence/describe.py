"""A version described for search engines: schema.org/Dataset."""

from __future__ import annotations

from django.urls import reverse

from rembug.evidence.formats.bundle import LICENCE
from rembug.evidence.queries.datasets import DatasetFace, VersionFace


def schema_org(base: str, face: DatasetFace, chosen: VersionFace) -> dict[str, object]:
    """Return schema.org/Dataset as JSON-LD. `base` is the public address of the site."""
    address = base + reverse("evidence:version", args=[face.slug, chosen.number])
    described: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address,
        "identifier": f"sha256:{chosen.content_hash}",
        "url": address,
        "name": face.title,
        "description": face.about,
        "version": str(chosen.number),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": face.publisher},
        "datePublished": chosen.frozen_at.isoformat(),
        "spatialCoverage": {"@type": "Place", "name": face.city.title()},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": file["media_type"],
                "contentUrl": base + reverse("evidence:file", args=[face.slug, chosen.number, kind]),
                "contentSize": str(file["bytes"]),
                "sha256": file["sha256"],
            }
            for kind, file in chosen.files.items()
        ],
    }
    start, end = face.asked.start, face.asked.end or chosen.frozen_at
    described["temporalCoverage"] = f"{start.date().isoformat() if start else '..'}/{end.date().isoformat()}"
    return described

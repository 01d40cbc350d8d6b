"""Our datasets in the shapes of CKAN."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse

from rembug.evidence.queries.datasets import DatasetFace, VersionFace

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS = {
    "csv": "CSV",
    "csvw": "CSVW",
    "geojson": "GeoJSON",
    "geoparquet": "Parquet",
    "geopackage": "GPKG",
    "package": "ZIP",
}


def identity(*parts: object) -> str:
    """Return the id that CKAN expects: a UUID, always the same for the same thing of this site."""
    return str(uuid5(NAMESPACE_URL, "/".join([settings.PUBLIC_URL, *map(str, parts)])))


def package(face: DatasetFace) -> dict[str, Any]:
    """Return a dataset as a package: the files of its newest version are its resources."""
    newest = face.versions[0]
    resources = [resource(face, newest, kind) for kind in newest.files]
    tags = [tag(word) for word in _words(face)]
    return {
        "id": identity("dataset", face.code),
        "name": face.slug,
        "title": face.title,
        "notes": face.about,
        "url": f"{settings.PUBLIC_URL}{reverse('evidence:dataset', args=[face.slug])}",
        "version": str(newest.number),
        "state": "active",
        "type": "dataset",
        "private": False,
        "isopen": True,
        "license_id": "cc-by",
        "license_title": "Creative Commons Attribution 4.0",
        "license_url": LICENCE,
        "author": face.publisher,
        "maintainer": face.publisher,
        "owner_org": identity("organization", face.publisher_id),
        "organization": organization(face),
        "metadata_created": _naive(face.asked_at.isoformat()),
        "metadata_modified": _naive(newest.frozen_at.isoformat()),
        "num_resources": len(resources),
        "resources": resources,
        "num_tags": len(tags),
        "tags": tags,
        "groups": [],
        "extras": [
            {"key": "sha256", "value": newest.content_hash},
            {"key": "rows", "value": str(newest.row_count)},
            {"key": "language", "value": "id"},
        ],
    }


def resource(face: DatasetFace, version: VersionFace, kind: str) -> dict[str, Any]:
    """Return one file as a resource."""
    file = version.files[kind]
    address = reverse("evidence:file", args=[face.slug, version.number, kind])
    return {
        "id": identity("resource", face.code, version.number, kind),
        "package_id": identity("dataset", face.code),
        "name": file["name"],
        "description": f"{face.title}, v{version.number}",
        "format": FORMATS[kind],
        "mimetype": file["media_type"],
        "size": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "url": settings.PUBLIC_URL + address,
        "state": "active",
        "created": _naive(version.frozen_at.isoformat()),
        "last_modified": _naive(version.frozen_at.isoformat()),
    }


def organization(face: DatasetFace) -> dict[str, Any]:
    """Return the publisher as an organization."""
    return {
        "id": identity("organization", face.publisher_id),
        "name": face.publisher_id.lower(),
        "title": face.publisher,
        "type": "organization",
        "is_organization": True,
        "state": "active",
    }


def tag(word: str) -> dict[str, Any]:
    """Return one tag."""
    return {"id": identity("tag", word), "name": word, "display_name": word, "state": "active"}


def tags(faces: list[DatasetFace]) -> list[str]:
    """Return every tag in use."""
    return sorted({word for face in faces for word in _words(face)})


def _words(face: DatasetFace) -> list[str]:
    return sorted({*face.dimensions, *filter(None, [face.asked.category, face.asked.subject])})


def _naive(moment: str) -> str:
    """CKAN writes UTC without a zone."""
    return moment.replace("+00:00", "")

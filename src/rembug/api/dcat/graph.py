"""The catalogue as one tree of nodes, from which both notations are written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from rembug.evidence.queries.datasets import DatasetFace, VersionFace

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = dict[str, Any]


def ref(uri: str) -> Node:
    """Return a reference to a thing by its address."""
    return {"@id": uri}


def moment(at: datetime) -> Node:
    """Return a point in time."""
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}


def words(text: str, tongue: str) -> Node:
    """Return a text in a language."""
    return {"@value": text, "@language": tongue}


def catalog(city_name: str, faces: list[DatasetFace]) -> Node:
    """Return the whole catalogue."""
    base = settings.PUBLIC_URL
    return {
        "@id": f"{base}/data/kumpulan/",
        "@type": "dcat:Catalog",
        "dcterms:title": [
            words(f"Data terbuka Rembug {city_name}", "id"),
            words(f"Open data of Rembug {city_name}", "en"),
        ],
        "dcterms:description": [
            words("Jawaban yang dibekukan atas pertanyaan tentang apa yang dilihat warga.", "id"),
            words("Frozen answers to questions about what people saw.", "en"),
        ],
        "dcterms:publisher": {
            "@id": f"{base}/#rembug",
            "@type": "foaf:Organization",
            "foaf:name": words(f"Rembug {city_name}", "id"),
        },
        "dcterms:license": ref(LICENCE),
        "dcterms:language": [
            ref("http://publications.europa.eu/resource/authority/language/IND"),
            ref("http://publications.europa.eu/resource/authority/language/ENG"),
        ],
        "foaf:homepage": ref(f"{base}/"),
        "dcat:dataset": [_series(face) for face in faces],
    }


def _series(face: DatasetFace) -> Node:
    """A saved question is a series; each of its versions is a dataset of its own."""
    base = settings.PUBLIC_URL
    newest = face.versions[0]
    address = base + reverse("evidence:dataset", args=[face.slug])
    return _version(face, newest) | {
        "dcat:inSeries": {
            "@id": address,
            "@type": "dcat:DatasetSeries",
            "dcterms:title": words(face.title, "id"),
            "dcterms:description": words(face.about, "id"),
            "dcterms:issued": moment(face.asked_at),
            "dcterms:modified": moment(face.changed_at),
        }
    }


def _version(face: DatasetFace, version: VersionFace) -> Node:
    base = settings.PUBLIC_URL
    address = base + reverse("evidence:version", args=[face.slug, version.number])
    publisher = {
        "@id": f"{base}/#pihak-{face.publisher_id}",
        "@type": "foaf:Organization",
        "foaf:name": words(face.publisher, "id"),
    }
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dcterms:identifier": address,
        "dcterms:title": [words(face.title, "id"), words(face.title_en, "en")],
        "dcterms:description": [words(face.about, "id"), words(face.about_en, "en")],
        "dcterms:publisher": publisher,
        "dcterms:license": ref(LICENCE),
        "dcterms:issued": moment(version.frozen_at),
        "dcat:version": str(version.number),
        "dcat:keyword": [words(word, "id") for word in _keywords(face)],
        "dcterms:spatial": {"@type": "dcterms:Location", "dcterms:identifier": face.city},
        "dcterms:temporal": _period(face, version),
        "dcterms:accrualPeriodicity": ref("http://publications.europa.eu/resource/authority/frequency/IRREG"),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": face.publisher,
            "vcard:hasURL": ref(f"{base}/tentang/#bantuan"),
        },
        "dcat:landingPage": ref(address),
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:endedAtTime": moment(version.frozen_at),
            "dcterms:description": words("Jawaban atas pertanyaan yang disimpan, dibekukan.", "id"),
        },
        "dcat:distribution": [_distribution(face, version, kind) for kind in version.files],
    }


def _period(face: DatasetFace, version: VersionFace) -> Node:
    period: Node = {
        "@type": "dcterms:PeriodOfTime",
        "dcat:endDate": moment(face.asked.end or version.frozen_at),
    }
    if face.asked.start:
        period["dcat:startDate"] = moment(face.asked.start)
    return period


def _keywords(face: DatasetFace) -> list[str]:
    return sorted({*face.dimensions, *filter(None, [face.asked.category, face.asked.subject])})


def _distribution(face: DatasetFace, version: VersionFace, kind: str) -> Node:
    file = version.files[kind]
    address = settings.PUBLIC_URL + reverse("evidence:file", args=[face.slug, version.number, kind])
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dcterms:title": words(file["name"], "id"),
        "dcat:accessURL": ref(address),
        "dcat:downloadURL": ref(address),
        "dcat:mediaType": ref(IANA + file["media_type"]),
        "dcat:byteSize": {"@value": str(file["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "dcterms:license": ref(LICENCE),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": ref("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@value": file["sha256"], "@type": "xsd:hexBinary"},
        },
    }

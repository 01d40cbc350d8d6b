"""The key that signs CAP messages (XML-DSig, enveloped): an ECDSA key and its certificate, made at the first need."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner

from rembug.lib import clock

YEARS = timedelta(days=3650)


def path() -> Path:
    """Return where the key is kept (setting `CAP_KEY`); the certificate stands in the same file."""
    return Path(getattr(settings, "CAP_KEY", "") or Path(settings.VAR) / "cap-key.pem")


def sign(xml: bytes) -> bytes:
    """Return the message with its signature as the last child of `alert`."""
    pem = _pem()
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
    )
    signed = signer.sign(etree.fromstring(xml), key=_part(pem, "PRIVATE KEY"), cert=certificate().decode())
    return bytes(etree.tostring(signed, xml_declaration=True, encoding="UTF-8"))


def certificate() -> bytes:
    """Return the certificate of the key as PEM: what readers check signatures with."""
    return _part(_pem(), "CERTIFICATE")


def _pem() -> bytes:
    file = path()
    if not file.exists():
        _make(file)
    return file.read_bytes()


def _part(pem: bytes, name: str) -> bytes:
    begin, end = f"-----BEGIN {name}-----".encode(), f"-----END {name}-----".encode()
    return begin + pem.split(begin)[1].split(end)[0] + end + b"\n"


def _make(file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    host = urlsplit(settings.PUBLIC_URL).hostname or "rembug"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:64])])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + YEARS)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(secret + made.public_bytes(serialization.Encoding.PEM))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)  # whole or not at all, and never over another's key
    except FileExistsError:
        pass
    finally:
        draft.unlink()

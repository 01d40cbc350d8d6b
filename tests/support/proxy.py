"""A real nginx in front of a site, with our own configuration of `deploy/` and a certificate made for the occasion."""

import base64
import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.postgres import free_port

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "rembug.conf"
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where it listens, the certificate to trust, and the hash of its key (for browsers)."""

    folder: Path
    plain_port: int
    port: int
    certificate: Path
    key_hash: str

    @property
    def url(self) -> str:
        """Address that people use."""
        return f"https://localhost:{self.port}"

    def configure(self, site_port: int) -> Path:
        """Write our configuration with the marked lines changed, as an operator does; return the main file."""
        changes = {
            "127.0.0.1:8000;": f"127.0.0.1:{site_port};",
            "rembug.example.go.id;": "localhost;",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "/etc/letsencrypt/live/rembug.example.go.id/fullchain.pem": str(self.certificate),
            "/etc/letsencrypt/live/rembug.example.go.id/privkey.pem": str(
                self.certificate.with_suffix(".key")
            ),
        }
        text = CONFIGURATION.read_text()
        for old, new in changes.items():
            assert old in text, f"{CONFIGURATION} no longer says {old!r}"
            text = text.replace(old, new)
        (self.folder / "rembug.conf").write_text(text)
        temporary = "".join(
            f"  {kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;\n" if os.geteuid() == 0 else ""
        main = self.folder / "nginx.conf"
        main.write_text(
            f"{user}daemon off;\npid {self.folder}/pid;\nerror_log {self.folder}/error.log;\n"
            f"events {{}}\nhttp {{\n{temporary}  include {self.folder}/rembug.conf;\n}}\n"
        )
        return main


def prepare(folder: Path) -> Proxy:
    """Choose ports and make a certificate for localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate = folder / "site.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate.with_suffix(".key").write_bytes(secret)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    key_hash = base64.b64encode(hashlib.sha256(public).digest()).decode()
    return Proxy(folder, free_port(), free_port(), certificate, key_hash)


@contextlib.contextmanager
def running(proxy: Proxy, site_port: int) -> Iterator[None]:
    """Run nginx before a site."""
    main = proxy.configure(site_port)
    subprocess.run([NGINX, "-t", "-p", str(proxy.folder), "-c", str(main)], check=True, capture_output=True)
    child = subprocess.Popen([NGINX, "-p", str(proxy.folder), "-c", str(main)])
    try:
        _wait_until_up(proxy, child)
        yield
    finally:
        child.terminate()
        child.wait(20)


def _wait_until_up(proxy: Proxy, child: "subprocess.Popen[bytes]", seconds: float = 20.0) -> None:
    """Wait until nginx takes connections; say what it wrote when it ended instead."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("localhost", proxy.port), timeout=5).close()
        except OSError:
            if child.poll() is not None or time.monotonic() > end:
                raise RuntimeError((proxy.folder / "error.log").read_text()) from None
            time.sleep(0.05)
        else:
            return

"""QR codes of our own addresses, as SVG that stands in a page."""

from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode


def picture(address: str) -> SafeString:
    """Return the SVG element of an address."""
    drawn = QRCode(image_factory=SvgPathImage, box_size=8)
    drawn.add_data(address)
    return mark_safe(str(drawn.make_image().to_string(encoding="unicode")))  # noqa: S308 our own drawing

"""HTML to PDF/UA-1, kept by content.

``kept(html)`` gives the file of a page of HTML, ``make(html)`` its bytes,
``qr_svg(address, title=…)`` the code to print in it.
"""

from cops.pdf.files import PdfBusy, PdfFile, existing, kept

__all__ = ["PdfBusy", "PdfFile", "existing", "kept", "make", "qr_svg"]


def make(html: str) -> bytes:
    """The PDF/UA-1 bytes of a page of HTML; see cops.pdf.engine."""
    from cops.pdf.engine import make

    return make(html)


def qr_svg(address: str, *, title: str) -> str:
    """A QR code as inline SVG; see cops.pdf.qr."""
    from cops.pdf.qr import qr_svg

    return qr_svg(address, title=title)

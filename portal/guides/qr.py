"""A guide's short address as a QR code that a phone's camera reads."""

from __future__ import annotations


def svg(address: str) -> str:
    """An SVG element in black on nothing, with a quiet zone of two modules, sized by the page's style."""
    import segno  # with the first code: see portal.guides.library

    return str(segno.make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))

"""QR codes of addresses as inline SVG (ISO/IEC 18004), through segno."""

from __future__ import annotations

_MASK = 3
"""Every mask can be read; trying all eight for the best takes four times as long as drawing with one."""


def qr_svg(address: str, label: str) -> str:
    """The code of *address* at level M as an SVG image that is called *label*, dark on white in every scheme."""
    import segno  # takes a thirtieth of a second to import, and most commands draw no code

    code = segno.make_qr(address, error="m", boost_error=False, mask=_MASK)
    svg = code.svg_inline(light="#fff", omitsize=True, svgclass="bu-qr", lineclass=None, title=label)
    return str(svg.replace("<svg ", '<svg role="img" ', 1))

"""What a browser may do with our pages: the content security policy, and the header files that say it to servers.

The policy is the same on every page. Nothing is inline and nothing comes from elsewhere, so it needs neither hashes
nor exceptions; data blocks (JSON-LD) are no scripts to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.model import urls
from site_builder.render.artifact import Artifact

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
"""For ``<meta>``, where ``frame-ancestors`` has no force."""

HEADERS = (
    ("Content-Security-Policy", f"{CSP}; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""For every answer of the server."""

FOR_EVER = "public, max-age=31536000, immutable"
"""For files with a digest in their name."""

SHARED = ("Access-Control-Allow-Origin", "*")
"""For what viewers on other hosts read: without it a browser does not let them open a IIIF manifest."""


@dataclass(frozen=True, slots=True)
class HeadersInput:
    """Where the site lies."""

    site_url: str


def render_headers(site: HeadersInput) -> Artifact:
    """``_headers``, which several pages services read: a path, then its headers, indented."""
    root = urlsplit(site.site_url).path
    lines = [f"{root}*"]
    lines += [f"  {name}: {value}" for name, value in HEADERS]
    # Rules that fit a file add up. These services have all other files asked for again by themselves.
    for pictures in ("photos/*", f"{urls.EPAPER}*.webp", f"{urls.EPAPER}*.jpg"):
        lines += [f"{root}{pictures}", f"  Cache-Control: {FOR_EVER}"]
    lines += [f"{root}{urls.EPAPER}*", f"  {SHARED[0]}: {SHARED[1]}", ""]
    return Artifact.text("_headers", "\n".join(lines))

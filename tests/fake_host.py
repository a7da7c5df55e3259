"""A site host that is a function of nothing: for tests of everything behind the host."""

from __future__ import annotations

from site_builder.build.host import HostOutput, HostRequest
from site_builder.render.artifact import Artifact

DEEP = "../../../../../../../"

FRAME = (
    "<!doctype html><html lang=zh-CN><head><title>BULLETINTITLE</title>"
    '<meta name="description" content="BULLETINDESCRIPTION"><link rel="canonical" href="BULLETINCANONICAL">'
    f'<link rel="stylesheet" href="{DEEP}assets/bulletin/bulletin.css">BULLETINHEAD</head>'
    f'<body><a href="{DEEP.rstrip("/")}">home</a><main>BULLETINCONTENT</main></body></html>'
)


class FakeHost:
    """Gives the same frame and one ordinary page each time, and counts how often it was asked."""

    def __init__(self, frame: str = FRAME) -> None:
        self.frame = frame
        self.requests: list[HostRequest] = []

    def render(self, request: HostRequest) -> HostOutput:
        self.requests.append(request)
        about = Artifact.text("about/index.html", "<!doctype html><title>关于</title>")
        return HostOutput((about,), self.frame, (("关于", "about/"),))

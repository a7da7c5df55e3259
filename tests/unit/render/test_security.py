from __future__ import annotations

import pytest

from site_builder.render.security import CSP, HEADERS, HeadersInput, render_headers


@pytest.mark.parametrize(("site_url", "root"), [("https://x.example/", "/"), ("https://x.example/paper/", "/paper/")])
def test_the_header_file_speaks_of_the_folder_that_the_site_lies_in(site_url: str, root: str) -> None:
    lines = render_headers(HeadersInput(site_url)).data.decode().splitlines()

    assert [line for line in lines if not line.startswith(" ")] == [
        f"{root}*",
        f"{root}photos/*",
        f"{root}epaper/*.webp",
        f"{root}epaper/*.jpg",
        f"{root}epaper/*",
    ]
    assert [line.strip() for line in lines[1 : len(HEADERS) + 1]] == [f"{name}: {value}" for name, value in HEADERS]


def test_nothing_but_the_own_host_may_be_asked() -> None:
    for directive in CSP.split("; "):
        name, *sources = directive.split()
        assert set(sources) <= {"'self'", "'none'", "data:"}, name
        assert "data:" not in sources or name == "img-src"

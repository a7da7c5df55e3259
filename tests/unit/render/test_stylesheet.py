from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.stylesheet import render_stylesheet


@pytest.mark.parametrize(
    ("css", "rendered"),
    [
        ("/* why */\na  >  b {\n  color: red;\n}\n", "a > b{color:red}\n"),
        (":is(a, .b) p, q { c: d }", "a p,.b p,q{c:d}\n"),
        ("a:is(.b, .c:is(.d, .e)) { c: d }", "a.b,a.c.d,a.c.e{c:d}\n"),
        ("a { inset: 0 }", "a{top:0;right:0;bottom:0;left:0}\n"),
        ("a { inset: 1px 2px }", "a{top:1px;right:2px;bottom:1px;left:2px}\n"),
        ("a { inset: 1px 2px 3px 4px }", "a{top:1px;right:2px;bottom:3px;left:4px}\n"),
        ("a { inset: 1px 2px 3px }", "a{top:1px;right:2px;bottom:3px;left:2px}\n"),
        ("a { inset: 0 !important }", "a{inset:0 !important}\n"),
        ("a { margin-inline: auto }", "a{margin-inline-start:auto;margin-inline-end:auto}\n"),
        ("a { padding-block: calc(1px + 2px) 0 }", "a{padding-top:calc(1px + 2px);padding-bottom:0}\n"),
        ("a { content: '  /* ; } */ ' }", "a{content:'  /* ; } */ '}\n"),
        ("@media (x) { a { c: d } }", "@media (x){a{c:d}\n}"),
        ('@charset "utf-8";\na { c: d }', '@charset "utf-8";a{c:d}\n'),
        ("@font-face { src: local('x'); }", "@font-face{src:local('x')}\n"),
    ],
)
def test_todays_css_is_said_in_old_words(css: str, rendered: str) -> None:
    assert render_stylesheet(css) == rendered


def test_a_selector_that_old_browsers_cannot_read_stands_alone() -> None:
    rendered = render_stylesheet("a:focus, b:focus-visible, c:has(d) { e: f }")

    assert rendered == "a:focus{e:f}\nb:focus-visible,c:has(d){e:f}\n"


def test_branches_within_not_are_left_alone() -> None:
    assert render_stylesheet("a:not(:is(b, c)) { d: e }") == "a:not(:is(b, c)){d:e}\n"


@pytest.mark.parametrize(
    ("css", "margin"),
    [
        ("display: flex; gap: 0 1em", "margin-inline-end:1em"),
        ("display: inline-flex; gap: 2px", "margin-inline-end:2px"),
        ("display: flex; flex-direction: column; gap: 3px 1em", "margin-bottom:3px"),
    ],
)
def test_the_gap_of_a_flex_container_has_margins_to_fall_back_on(css: str, margin: str) -> None:
    rendered = render_stylesheet(f".a {{ {css} }}")

    assert f"@supports not (inset:0){{.a{{gap:0}}.a>:not(:last-child){{{margin}}}}}" in rendered


def test_a_grid_keeps_its_gap_alone() -> None:
    assert "@supports" not in render_stylesheet("a { display: grid; gap: 1em }")


@given(st.text(alphabet="ab:;{}()[]/*\"'@ \n,.>is", max_size=80))
def test_text_that_is_no_css_does_not_fail(css: str) -> None:
    once = render_stylesheet(css)

    assert isinstance(once, str)


@given(st.lists(st.sampled_from([".a", "b", "c > d", "e:hover"]), min_size=1, max_size=3))
def test_rendering_twice_is_rendering_once(selectors: list[str]) -> None:
    css = f"{', '.join(selectors)} {{ inset: 0; color: red }}"

    assert render_stylesheet(render_stylesheet(css)).split() == render_stylesheet(css).split()

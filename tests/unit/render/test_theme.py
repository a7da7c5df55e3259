from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from site_builder.messages import load_messages
from site_builder.model.settings import Filing, Publication
from site_builder.render.inputs import ArchiveInput, Chrome
from site_builder.render.theme import ThemeError, make_templates, phrase_markup
from site_builder.render.theme_source import Theme

THEMES = Path(__file__).parents[3] / "themes"


def chrome(language: str) -> Chrome:
    return Chrome("报", "https://paper.example/", "", language, Publication(), Filing(), (), ())


def render(template: str, page: object, language: str = "zh-CN", url: str = "archive/") -> str:
    source = "".join(f"{{% block {b} %}}{template if b == 'content' else ''}{{% endblock %}}" for b in BLOCKS)
    templates = make_templates(Theme((("x.html", source),)), language, "https://paper.example/", load_messages)
    return templates.render("x.html", page, chrome(language), url)["content"]


BLOCKS = ("title", "description", "head", "content")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-CN", "2024年4月8日 4月8日 星期一 06:05"), ("en", "8 April 2024 8 April Monday 06:05")],
)
def test_dates_are_printed_in_the_sites_language(language: str, expected: str) -> None:
    template = "{{ page | long_date }} {{ page | short_date }} {{ page | weekday }} {{ page | clock }}"

    assert render(template, datetime(2024, 4, 8, 6, 5), language) == expected


def test_counts_are_grouped_as_the_language_does() -> None:
    assert render("{{ page | number }}", 12345, "en") == "12,345"


def test_midnight_is_no_time_of_day() -> None:
    assert render("[{{ page | clock }}]", datetime(2024, 4, 8)) == "[]"
    assert render("[{{ page | clock }}]", date(2024, 4, 8)) == "[]"


def test_addresses_are_relative_and_encoded() -> None:
    assert render("{{ url('photos/青.png') }} {{ absolute('x/') }} {{ base }}", None, url="a/b/") == (
        "../../photos/%E9%9D%92.png https://paper.example/x/ ../../"
    )


def test_values_are_escaped() -> None:
    assert render("{{ page }}", "<script>") == "&lt;script&gt;"
    assert phrase_markup("<b>：5%") == '&lt;b&gt;：<wbr><span class="bu-n">5%</span>'


@pytest.mark.parametrize(
    "template", ["{{ page.nothing }}", "{{ t('no_such_word') }}", "{{ 1/0 }}", "{% include 'gone.html' %}"]
)
def test_a_wrong_template_is_named_with_its_line(template: str) -> None:
    with pytest.raises(ThemeError, match=r"themes/templates/x\.html"):
        render(template, ArchiveInput("archive/", ()))


def test_a_dash_that_opens_a_deck_keeps_its_first_word() -> None:
    assert phrase_markup("——江苏推进，改革") == '<span class="bu-n">——江苏</span>推进，<wbr>改革'
    assert phrase_markup("——") == "——"


def test_every_word_of_the_theme_is_known_and_used() -> None:
    used = set()
    known = load_messages("zh-CN").section("site").keys()
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(THEMES.rglob("*.js")))
    spoken = set(re.findall(r"""\bwords(?:\.|\[["'])([a-z_]+)""", scripts))
    for path in sorted(THEMES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        # Words that a template hands to its script.
        for part in re.findall(r"""\bwords\(["']([a-z]+)["']\)""", text):
            handed = {f"{part}.{word}" for word in spoken}
            used |= {
                word
                for word in handed
                if word in known or (word.endswith("_") and any(k.startswith(word) for k in known))
            }
        used |= set(re.findall(r"""\bt\(\s*["']([a-z_.]+)["']""", text))
        used |= set(re.findall(r"""\bt\[["']([a-z_.]+)["']\]""", text)) | set(
            re.findall(r"bulletin\.t\.([a-z_]+)", text)
        )

    prefixes = tuple(word for word in used if word.endswith("_"))
    whole = used - set(prefixes)

    assert whole - known == set()
    assert all(any(word.startswith(prefix) for word in known) for prefix in prefixes)
    assert {"palette_to_dark", "palette_to_light"} | used >= {
        k for k in known if not k.startswith(("kind_", "missing_", *prefixes))
    }

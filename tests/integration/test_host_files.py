"""Which files of the host and of a newsroom's own come into the site."""

from __future__ import annotations

from pathlib import Path

from newsroom_samples import make_newsroom

from site_builder import api
from site_builder.render.security import CSP


def built(root: Path) -> Path:
    report = api.build(root)
    assert report.site_dir is not None, report.problems
    return report.site_dir


def test_the_files_of_the_hosts_theme_stay_out_where_no_page_names_one(tmp_path: Path) -> None:
    site = built(make_newsroom(tmp_path, {"content/pages/chart.js": "1;\n"}))

    assert {path.name for path in (site / "assets").iterdir()} == {"bulletin"}
    assert (site / "chart.js").is_file()


def test_the_files_of_the_hosts_theme_are_there_when_a_page_names_one(tmp_path: Path) -> None:
    page = "{% extends 'main.html' %}{% block content %}<img src=\"{{ 'assets/images/favicon.png' | url }}\">{% endblock %}"
    site = built(make_newsroom(tmp_path, {"themes/overrides/404.html": page}))

    assert (site / "assets/images/favicon.png").is_file()
    assert list((site / "assets/stylesheets").glob("*.css"))


def test_a_newsrooms_own_files_for_crawlers_and_servers_take_the_place_of_ours(tmp_path: Path) -> None:
    own = {"content/pages/robots.txt": "User-agent: *\n", "content/pages/_headers": "/*\n  X-Own: 1\n"}
    site = built(make_newsroom(tmp_path, own))

    for name, text in own.items():
        assert (site / Path(name).name).read_text(encoding="utf-8") == text


def test_a_former_address_carries_the_policy_too(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    story = root / "content/stories/2024/04/second-story.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("---\n", "---\naliases:\n  - old-story\n", 1), encoding="utf-8")
    html = (built(root) / "stories/old-story/index.html").read_text(encoding="utf-8")

    assert f'content="{CSP}"' in html
    assert html.index("Content-Security-Policy") < html.index("refresh")

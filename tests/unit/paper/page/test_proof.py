"""What a proof adds to a page."""

from __future__ import annotations

from dataclasses import replace

from page_plans import page

from site_builder.messages import load_messages
from site_builder.paper.page.plan import PagePlan, Stroke
from site_builder.paper.page.proof import BOTTOM, LEFT, RIGHT, TOP, proof_plan

MESSAGES = load_messages("zh-CN")


def proof(plan: PagePlan) -> PagePlan:
    return proof_plan(plan, MESSAGES, "小港工人报")


def marks(plan: PagePlan) -> list[str]:
    return [line.text for piece in plan.furniture[-1].pieces for line in piece.lines]


def test_the_page_lies_unchanged_on_a_larger_sheet() -> None:
    before, after = page(), proof(page())

    assert (after.width, after.height) == (before.width + LEFT + RIGHT, before.height + TOP + BOTTOM)
    for story, moved in zip(before.modules, after.modules, strict=True):
        for piece, there in zip(story.pieces, moved.pieces, strict=True):
            assert (there.box.x, there.box.y) == (piece.box.x + LEFT, piece.box.y + TOP)
            assert there.lines == piece.lines


def test_every_fifth_line_of_a_story_has_its_number() -> None:
    lines = sum(len(piece.lines) for piece in page().modules[0].pieces if piece.role == "body")

    numbers = [int(mark) for mark in marks(proof(page())) if mark.isdigit()]

    assert numbers[: lines // 5] == list(range(5, lines + 1, 5))


def test_numbers_of_three_figures_stay_between_the_columns() -> None:
    """A story of two hundred lines could not be proofed: its numbers stood out of their frames."""
    story = page().modules[0]
    body = next(piece for piece in story.pieces if piece.role == "body")
    long = replace(story, pieces=(replace(body, lines=body.lines * 40),))

    pieces = proof(replace(page(), modules=(long,))).furniture[-1].pieces

    numbers = [piece for piece in pieces if piece.lines[0].text.isdigit()]
    assert max(len(piece.lines[0].text) for piece in numbers) == 3
    assert all(0.6 * piece.size * len(piece.lines[0].text) <= piece.box.width + 1e-9 for piece in numbers)


def test_numbers_stand_clear_of_the_text_and_rules_leave_off_for_them() -> None:
    """Numbers touched the line that they count, and the rule between two stories ran through them."""
    story = page().modules[0]
    body = next(piece for piece in story.pieces if piece.role == "body")
    long = replace(story, pieces=(replace(body, lines=body.lines * 10),))
    x = body.box.x - 4.5
    rule = Stroke(x, body.box.y, x, body.box.y + len(body.lines) * 10 * body.pitch)

    made = proof(replace(page(), modules=(long,), strokes=(rule,)))

    numbers = [piece for piece in made.furniture[-1].pieces if piece.lines[0].text.isdigit()]
    for number in numbers:
        half = 0.6 * number.size * len(number.lines[0].text) / 2
        middle = number.box.x + number.box.width / 2
        assert middle + half <= body.box.x + LEFT - 1
        assert middle - half >= body.box.x + LEFT - 9 + 1
        assert not any(s.y1 < number.box.y + number.size and number.box.y < s.y2 for s in made.strokes)
    assert len(made.strokes) == len(numbers) + 1
    assert {s.x1 for s in made.strokes} == {x + LEFT}


def test_copyfit_tells_characters_lines_and_what_was_stretched() -> None:
    story = replace(page().modules[1], loosened=-2)
    told = marks(proof(replace(page(), modules=(story,))))

    characters = sum(len(line.text) for piece in story.pieces if piece.role == "body" for line in piece.lines)
    assert "safety" in told
    assert f"{characters}字　11行" in told
    assert "收紧2行" in told


def test_three_readings_and_three_reviews_are_signed_for() -> None:
    told = marks(proof(page()))

    for name in ("一校", "二校", "三校", "一审", "二审", "三审", "付印"):
        assert name in told
    assert "小港工人报　2024年4月8日　校样　请勿外传　第1版　要闻" in told

"""In which order a page is read, and the tree of tags made of it."""

from __future__ import annotations

from dataclasses import replace

from page_plans import box_at, column_pieces, first_story, page, set_rows

from site_builder.paper.page.order import reading_order
from site_builder.paper.page.plan import Cells, Furniture, Module, Piece
from site_builder.paper.page.tree import Group, Leaf, tag_tree


def leaves(group: Group) -> list[Leaf]:
    return [leaf for child in group.children for leaf in (leaves(child) if isinstance(child, Group) else [child])]


def test_a_page_is_a_section_and_each_story_an_article_under_its_headline() -> None:
    (section,) = tag_tree([page()])

    assert (section.tag, section.title) == ("Sect", "要闻")
    articles = [child for child in section.children if isinstance(child, Group)]
    assert [(article.tag, article.title) for article in articles] == [
        ("Art", "一盏“灯”照亮60名职工"), ("Art", "查隐患「110」项群众安全监督员"),
    ]  # fmt: skip


def test_headings_begin_with_the_name_of_the_page_or_with_the_stories() -> None:
    named = [leaf.tag for leaf in leaves(tag_tree([page()])[0]) if leaf.tag.startswith("H")]
    bare = [leaf.tag for leaf in leaves(tag_tree([replace(page(), furniture=())])[0]) if leaf.tag.startswith("H")]

    assert named == ["H1", "H2", "H3", "H2"]
    assert bare == ["H1", "H2", "H1"]


def test_a_paragraph_over_two_columns_is_one_leaf() -> None:
    section = tag_tree([page()])[0]

    broken = [leaf for leaf in leaves(section) if len(leaf.elements) > 1]
    assert [len(leaf.elements) for leaf in broken] == [2]


def test_pieces_without_words_are_not_set() -> None:
    blank = Piece(box_at(0, 0, 1, 1), "headline", set_rows("　 "), 9, 11.7)
    plan = replace(page(), modules=(Module("blank", Cells(0, 0, 1, 1), (blank,)),), furniture=())

    assert [passage.elements for passage in reading_order(plan)] == [()]


def test_a_caption_goes_to_the_picture_that_it_stands_at() -> None:
    story = first_story()
    far = replace(story.pictures[0], box=box_at(0, 32, 1, 5), photo=1)
    plan = replace(page(), modules=(replace(story, pictures=(far, *story.pictures)),))

    figures = [leaf for leaf in leaves(tag_tree([plan])[0]) if leaf.tag == "Figure"]

    assert [len(figure.caption) for figure in figures] == [0, 1]


def test_a_story_without_headline_has_no_headings() -> None:
    pieces = (
        Piece(box_at(0, 0, 1, 1), "crosshead", set_rows("小题"), 9, 11.7),
        *column_pieces(set_rows("正文"), (box_at(0, 1, 1, 1),), 1),
    )
    plan = replace(page(), modules=(Module("brief", Cells(0, 0, 1, 1), pieces),))

    assert [leaf.tag for leaf in leaves(tag_tree([plan])[0])] == ["H1", "P", "P"]


def test_what_stands_on_every_page_is_not_read_out() -> None:
    folio = page().furniture[0]
    ear = replace(folio, kind="ear")

    assert [leaf.tag for leaf in leaves(tag_tree([replace(page(), modules=())])[0])] == ["H1"]
    plan = replace(page(), modules=(), furniture=(ear,))
    assert [leaf.tag for leaf in leaves(tag_tree([plan])[0])] == ["H1", "P"]


def test_a_drawing_is_a_figure_in_its_own_place() -> None:
    box, inner = box_at(0, 0, 2, 4), box_at(0, 0, 1, 2)
    plan = replace(page(), furniture=(Furniture("masthead", box, picture="name.svg", alt="报名", picture_box=inner),))

    element = reading_order(plan)[0].elements[0]

    assert (element.tag, element.part.box) == ("Figure", inner)

"""The recursive-descent reader of 署名. The grammar is in `site_builder.schema.printed`.

Each method takes an offset and returns what stands there with the offset after it. A method called
`…_at` only looks and returns None; the others refuse what they cannot read. Looking ahead is
bounded by the longest word, so reading is linear in the text.
"""

from dataclasses import dataclass

from site_builder.model.byline import SUFFIX_ROLES, Byline, Group
from site_builder.schema import printed_names as names
from site_builder.schema import printed_words as words
from site_builder.schema.printed_names import Names, at_boundary, is_single, starts_name
from site_builder.schema.printed_text import (
    blanks_end,
    check_brackets,
    closing_bracket,
    is_han,
    longest_at,
    refuse,
    run_end,
    separator_end,
)

_SUFFIX_WORDS = frozenset(SUFFIX_ROLES)


def read_byline(text: str, start: int, end: int, *, nameless: bool) -> Byline:
    """Read text[start:end] as one byline, or raise Refused. `nameless` admits 资料图, 新华社发."""
    if not text[start:end].strip(" \u3000\n（）"):
        raise refuse(start, end, "empty")
    check_brackets(text, start, end)
    brackets = text[start] == "（"
    if brackets:
        close = closing_bracket(text, start, end)
        if close is None:
            raise refuse(start, start + 1, "bracket")
        if close != end - 1:
            raise refuse(close + 1, end, "word")
        start, end = start + 1, close
    return _Reader(text, end, nameless).byline(start, brackets)


@dataclass(frozen=True, slots=True)
class _Found:
    """A word that was seen ahead, the sign or blank joined to it, and where both end."""

    word: str
    join: str
    end: int


class _Reader:
    def __init__(self, text: str, end: int, nameless: bool) -> None:
        self.text = text
        self.end = end
        self.nameless = nameless

    def byline(self, pos: int, brackets: bool) -> Byline:
        start = pos
        groups: list[Group] = []
        separators: list[str] = []
        while True:
            group, pos = self.group(pos, start)
            groups.append(group)
            if pos == self.end:
                return Byline(tuple(groups), tuple(separators), brackets)
            after = separator_end(self.text, pos, self.end)
            if after in (pos, self.end):
                raise refuse(pos, run_end(self.text, pos, self.end), "word")
            separators.append(self.text[pos:after])
            pos = after

    # -- one group, in printed order --

    def group(self, start: int, first: int) -> tuple[Group, int]:
        marker, marker_gap, pos = self.marker(start)
        task = self.task_at(pos)
        pos = task.end if task else pos
        org, column, org_end = self.org_at(pos) or ("", "", pos)
        org_gap, pos = self.org_gap(org_end) if org_end > pos else ("", pos)
        title_start = pos
        title, pos = self.title(pos)
        role = None if self.suffix_at(pos) else self.role_at(pos)
        join, pos = self.join_after(title, role, pos)
        found = self.names(pos) if self.name_here(pos) else Names((), (), pos)
        gap, suffix, pos = self.suffix(found.end)
        aside_gap, aside, pos = self.aside(pos) if suffix and not found.names else ("", None, pos)
        group = Group(
            marker=marker,
            marker_gap=marker_gap,
            task=task.word if task else "",
            task_join=task.join if task else "",
            org=org,
            column=column,
            org_gap=org_gap,
            title=title,
            role_word=role.word if role else "",
            join=join,
            names=found.names,
            name_seps=found.seps,
            suffix_gap=gap,
            suffix=suffix,
            aside_gap=aside_gap,
            aside=aside,
        )
        if not found.names:
            self.check_nameless(group, start, title_start, pos, first)
        return group, pos

    def check_nameless(self, group: Group, start: int, title: int, pos: int, first: int) -> None:
        """Refuse a group without names, unless it is one of the credits that need none."""
        if group.title or group.role_word:
            if not (group.role_word in words.NAMELESS_ROLES and not group.suffix):
                stop = title + len(group.title) + len(group.role_word)
                after = self.join_at(stop)
                ended = at_boundary(self.text, after, self.end) or is_han(self.text[after])
                if not ended:
                    raise refuse(after, run_end(self.text, after, self.end), "word")
                raise refuse(title, stop, "role-without-name")
            return
        lone = group.suffix in words.LONE_SUFFIXES
        of_org = bool(group.org) and group.suffix in words.ORG_SUFFIXES
        org_alone = bool(group.org) and not group.suffix and (start, pos) == (first, self.end)
        if group.aside or (self.nameless and (lone or of_org or org_alone)):
            return
        if group.suffix or group.org or group.task:
            raise refuse(start, pos, "role-without-name")
        raise refuse(pos, run_end(self.text, pos, self.end), "word")

    def marker(self, pos: int) -> tuple[str, str, int]:
        if pos < self.end and self.text[pos] in words.MARKERS:
            after = blanks_end(self.text, pos + 1, self.end)
            return self.text[pos], self.text[pos + 1 : after], after
        return "", "", pos

    def org_gap(self, pos: int) -> tuple[str, int]:
        """The blank after an org, unless only a suffix follows: then it is the suffix's."""
        after = blanks_end(self.text, pos, self.end)
        if after == self.end or self.suffix_at(after):
            return "", pos
        return self.text[pos:after], after

    def title(self, start: int) -> tuple[str, int]:
        pos = start
        # 特约撰稿 is a role, 实习生 too: look for those first.
        while not self.role_at(pos) and (word := self.word_at(words.TITLES, pos)):
            pos += len(word)
        return self.text[start:pos], pos

    def join_after(self, title: str, role: _Found | None, pos: int) -> tuple[str, int]:
        if role:
            # A nameless role keeps its blank for the separator.
            kept = role.join if self.name_here(role.end) else ""
            return kept, role.end if kept or not role.join else role.end - len(role.join)
        after = blanks_end(self.text, pos, self.end)
        if title and self.name_here(after):
            return self.text[pos:after], after
        return "", pos

    def suffix(self, pos: int) -> tuple[str, str, int]:
        after = blanks_end(self.text, pos, self.end)
        # Attached, it can only belong to the name before it; after a blank it may be a role.
        word = self.suffix_word_at(pos) if after == pos else self.suffix_at(after)
        return (self.text[pos:after], word, after + len(word)) if word else ("", "", pos)

    def aside(self, pos: int) -> tuple[str, Byline | None, int]:
        after = blanks_end(self.text, pos, self.end)
        if not self.text.startswith("（", after, self.end):
            return "", None, pos
        close = closing_bracket(self.text, after, self.end)
        inner_bracket = self.text.find("（", after + 1, close or self.end)
        if close is None or inner_bracket >= 0:
            raise refuse(max(after, inner_bracket), max(after, inner_bracket) + 1, "bracket")
        inner = read_byline(self.text, after, close + 1, nameless=False)
        return self.text[pos:after], inner, close + 1

    # -- names --

    def name_here(self, pos: int) -> bool:
        return starts_name(self.text, pos, self.end) and not self.suffix_at(pos) and not self.begins_group(pos)

    def names(self, pos: int) -> Names:
        found = self.name(pos)
        listed, seps = list(found.names), list(found.seps)
        while True:
            after = separator_end(self.text, found.end, self.end)
            if after == found.end or not self.name_here(after):
                return Names(tuple(listed), tuple(seps), found.end)
            seps.append(self.text[found.end : after])
            found = self.name(after)
            listed += found.names
            seps += found.seps

    def name(self, pos: int) -> Names:
        if not is_single(self.text, pos, self.end):
            return names.read_word_name(self.text, pos, self.end)
        run = names.collect_run(self.text, pos, self.end)
        starts = [run[0]]
        for start in run[1:]:
            if self.closes_run(start):
                break
            starts.append(start)
        end = starts[-1] + 1
        if len(starts) == 1:
            if blanks_end(self.text, end, self.end) == end:
                raise refuse(pos, run_end(self.text, pos, self.end), "word")
            raise refuse(pos, end, "spaced-characters")
        # 张 三 图 李四五, 张 三 发: part of the name, or a word about it?
        last = self.role_at(starts[-1]) or (self.text[starts[-1]] == "发" and len(starts) > 2)
        if last:
            raise refuse(pos, end, "spaced-characters")
        return names.cut_run(self.text, starts, end)

    def closes_run(self, pos: int) -> bool:
        role = self.role_at(pos)
        signed = bool(role and role.join.strip(" \u3000"))
        return signed or self.suffix_at(pos) not in ("", "发")

    # -- looking ahead --

    def word_at(self, table: tuple[str, ...] | frozenset[str], pos: int) -> str:
        return longest_at(table, self.text, pos, self.end)

    def begins_group(self, pos: int) -> bool:
        at_marker = pos < self.end and self.text[pos] in words.MARKERS
        title = self.word_at(words.TITLES, pos)
        return bool(at_marker or title or self.role_at(pos) or self.org_at(pos))

    def join_at(self, pos: int) -> int:
        """Where blanks, at most one of : ： / and blanks end."""
        pos = blanks_end(self.text, pos, self.end)
        if pos < self.end and self.text[pos] in words.JOIN_MARKS:
            pos = blanks_end(self.text, pos + 1, self.end)
        return pos

    def role_at(self, pos: int) -> _Found | None:
        strong = self.word_at(words.STRONG_ROLES, pos)
        if strong:
            return self.found(strong, pos)
        for word in sorted(words.WEAK_ROLES, key=len, reverse=True):
            if self.text.startswith(word, pos, self.end):
                role = self.found(word, pos)
                if self.is_weak_role(role):
                    return role
        return None

    def found(self, word: str, pos: int) -> _Found:
        start = pos + len(word)
        end = self.join_at(start)
        return _Found(word, self.text[start:end], end)

    def is_weak_role(self, role: _Found) -> bool:
        if role.join.strip(" \u3000"):
            return True
        if not role.join or role.word == "摄" or not starts_name(self.text, role.end, self.end):
            return False
        # 文 静 is one name; 文 王正喜 is a role and a name.
        return len(role.word) > 1 or not is_single(self.text, role.end, self.end)

    def task_at(self, pos: int) -> _Found | None:
        role = self.role_at(pos)
        if not role or role.word not in words.TASKS or not role.join:
            return None
        post = self.role_at(role.end)
        org_or_title = self.org_at(role.end) or self.word_at(words.TITLES, role.end)
        return role if org_or_title or (post and post.word not in words.TASKS) else None

    def suffix_at(self, pos: int) -> str:
        """The suffix word that ends here; nothing if it is the role of a name to its right."""
        word = self.suffix_word_at(pos)
        role = self.role_at(pos) if word else None
        if role and role.word == word and role.join:
            ahead = starts_name(self.text, role.end, self.end)
            taken = self.suffix_word_at(role.end) or self.begins_group(role.end)
            if role.join.strip(" \u3000") or (ahead and not taken):
                return ""
        return word

    def suffix_word_at(self, pos: int) -> str:
        word = self.word_at(_SUFFIX_WORDS, pos)
        return word if word and at_boundary(self.text, pos + len(word), self.end) else ""

    # -- orgs --

    def org_at(self, pos: int) -> tuple[str, str, int] | None:
        """(org, column, end)."""
        if self.text.startswith("“", pos, self.end):
            column, after = self.column(pos)
            return ("", column, after) if column and self.leads_to_post(after) else None
        if self.text.startswith("《", pos, self.end):
            close = self.text.find("》", pos + 2, min(self.end, pos + words.MAX_ORG + 2))
            if close < 0 or "\n" in self.text[pos:close]:
                return None
            return self.text[pos : close + 1], *self.column(close + 1)
        return self.donor_at(pos) or self.han_org_at(pos)

    def column(self, pos: int) -> tuple[str, int]:
        if self.text.startswith("“", pos, self.end):
            close = self.text.find("”", pos + 2, min(self.end, pos + words.MAX_ORG + 2))
            if close > 0 and not set("\n“（）") & set(self.text[pos + 1 : close]):
                return self.text[pos + 1 : close], close + 1
        return "", pos

    def leads_to_post(self, pos: int) -> bool:
        return bool(self.word_at(words.TITLES, pos) or self.word_at(words.STRONG_ROLES, pos))

    def org_ends(self, pos: int) -> list[int]:
        stop = pos
        while stop < min(self.end, pos + words.MAX_ORG) and is_org_char(self.text, pos, stop):
            stop += 1
        return [end for end in range(pos + 2, stop + 1) if is_org(self.text[pos:end])]

    def han_org_at(self, pos: int) -> tuple[str, str, int] | None:
        ends = self.org_ends(pos)
        for end in ends:
            column, after = self.column(end)
            if self.leads_to_post(after):
                return self.text[pos:end], column, after
        for end in reversed(ends):
            org = self.text[pos:end]
            standing = len(org) > 2 and org.endswith(words.STANDING_TAILS)
            if org in words.ORGS or (standing and at_boundary(self.text, end, self.end)):
                return org, *self.column(end)
        return None

    def donor_at(self, pos: int) -> tuple[str, str, int] | None:
        """An org that gave a picture: 受访者供图, 省总工会 提供."""
        stop = pos
        while stop < min(self.end, pos + 2 * words.MAX_ORG) and is_han(self.text[stop]):
            stop += 1
        after = blanks_end(self.text, stop, self.end)
        if after == stop or not self.word_at(words.DONOR_SUFFIXES, after):
            after = stop
            for word in words.DONOR_SUFFIXES:
                stop = stop - len(word) if self.text[pos:stop].endswith(word) else stop
        donor = self.text[pos:stop]
        person = len(donor) <= 4 and not donor.endswith(words.DONOR_TAILS)
        given = self.is_given(blanks_end(self.text, stop, self.end))
        if len(donor) < 2 or person or not given or words_inside(donor):
            return None
        known = longest_at(words.ORGS, donor, 0, len(donor))
        return None if known or any(title in donor for title in words.TITLES) else (donor, "", stop)

    def is_given(self, pos: int) -> bool:
        """Does 供图 stand here as a suffix? Before a sign, or a blank and a name, it is a role."""
        end = pos + len(self.word_at(words.DONOR_SUFFIXES, pos))
        after = self.join_at(end)
        role = after > end and starts_name(self.text, after, self.end)
        return end > pos and not role and at_boundary(self.text, end, self.end)


def is_org_char(text: str, start: int, pos: int) -> bool:
    """Han, the APP of a masthead, or a dash that joins two mastheads (工人日报—中工网)."""
    char = text[pos]
    return is_han(char) or char in "AP" or (char in "—-" and pos > start)


def is_org(word: str) -> bool:
    """A known org, or an unknown word with an org's ending and nobody's role inside."""
    if word in words.ORGS:
        return True
    ending = word.endswith(words.ORG_TAILS) and word not in words.ORG_TAILS
    return ending and not words_inside(word) and is_han(word[0])


def words_inside(word: str) -> bool:
    """Does the word hold a role, or 本报 and its like not at its start?"""
    role = any(other in word for other in words.STRONG_ROLES)
    return role or any(word.find(own) > 0 for own in words.OWN_SOURCES)

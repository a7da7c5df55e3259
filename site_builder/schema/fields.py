"""The kinds of value that content files hold, each from the text that was typed.

A validator that refuses raises ``PydanticCustomError`` whose type is a problem code and whose context fills the
message; ``start`` and ``length`` in the context point inside the scalar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from site_builder.model.edition import HeadlineForm
from site_builder.model.story import Genre, PhotoKind, Status
from site_builder.schema import forms

E = TypeVar("E", bound=StrEnum)

GENRES: Mapping[str, Genre] = {
    "消息": Genre.NEWS,
    "通讯": Genre.FEATURE,
    "图片": Genre.PHOTO,
    "图片新闻": Genre.PHOTO,
    "评论": Genre.COMMENTARY,
    "言论": Genre.COMMENTARY,
    "简讯": Genre.BRIEF,
    "综述": Genre.ROUNDUP,
    "特写": Genre.SKETCH,
    "调查": Genre.INVESTIGATION,
    "人物": Genre.PROFILE,
    "访谈": Genre.INTERVIEW,
    "来信": Genre.LETTER,
    "公告": Genre.NOTICE,
}
STATUSES: Mapping[str, Status] = {
    "草稿": Status.DRAFT,
    "发布": Status.PUBLISHED,
    "撤稿": Status.WITHDRAWN,
}
PHOTO_KINDS: Mapping[str, PhotoKind] = {
    "照片": PhotoKind.PHOTO,
    "插图": PhotoKind.ILLUSTRATION,
    "制图": PhotoKind.CHART,
    "资料图": PhotoKind.ARCHIVE,
    "供图": PhotoKind.HANDOUT,
    "AI生成": PhotoKind.AI,
}
HEADLINE_FORMS: Mapping[str, HeadlineForm] = {
    "横题": HeadlineForm.HORIZONTAL,
    "竖题": HeadlineForm.VERTICAL,
}

FOCUSES: Mapping[str, tuple[int, int]] = {
    "左上": (0, 0), "上": (50, 0), "右上": (100, 0),
    "左": (0, 50), "中": (50, 50), "右": (100, 50),
    "左下": (0, 100), "下": (50, 100), "右下": (100, 100),
    "top left": (0, 0), "top": (50, 0), "top right": (100, 0),
    "left": (0, 50), "centre": (50, 50), "right": (100, 50),
    "bottom left": (0, 100), "bottom": (50, 100), "bottom right": (100, 100),
}  # fmt: skip
"""Words for a point of a picture → per cent from left and top."""
_ID = re.compile(r"[a-z0-9-]{3,80}")
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_LIST_MARKS = re.compile(r"[、,，;；]")


class FileModel(BaseModel):
    """Base of all content-file models: unknown keys are errors, values are not coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


def refuse(code: str, **values: object) -> PydanticCustomError:
    """The error that becomes the problem *code*."""
    return PydanticCustomError(code, "{found}", {"found": "", **values})


def _text(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _one_line(value: object) -> object:
    """A heading typed over several lines is one line: no space where Han characters meet."""
    if not isinstance(value, str):
        return value
    return re.sub(r"[ \t]*\n[ \t]*", "", value.strip())


def _id(value: object) -> object:
    value = _text(value)
    if isinstance(value, str) and not _ID.fullmatch(value):
        raise refuse("id-invalid", found=value, suggestion=suggest_id(value))
    return value


def suggest_id(text: str, example: str = "my-story") -> str:
    """*text* bent to the form of an id, Chinese in pinyin; *example* when nothing is left of it."""
    if not text.isascii():
        # Imported here: the dictionary of readings is large, and few runs need it.
        from site_builder.text.pinyin import to_slug

        text = to_slug(text)
    folded = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-")
    return folded if len(folded) >= 3 else example


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _MOMENT.fullmatch(value.strip())
    if not match:
        raise refuse("date-invalid", found=value, example=_date_like(value))
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match.group(7)))
    except ValueError:
        raise refuse("date-impossible", found=value, example=_last_before(year, month, day)) from None


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(delta if text[0] == "+" else -delta)


def _last_before(year: int, month: int, day: int) -> str:
    """The day itself if there is one, else the nearest in the calendar before it."""
    year, month = min(max(year, 1), 9999), min(max(month, 1), 12)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(max(day, 1), last)).isoformat()


def _date_like(text: str) -> str:
    """The year, month and day that *text* seems to mean, in the form that is accepted."""
    numbers = [int(n) for n in re.findall(r"\d+", text)][:3]
    try:
        return date(*numbers).isoformat()
    except (OverflowError, TypeError, ValueError):
        return "2024-04-08"


def _day(value: object) -> object:
    moment = _moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def _number(value: object) -> object:
    value = _text(value)
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{1,9}", value):
        raise refuse("number-invalid", found=value)
    return int(value)


def _count(value: object) -> object:
    number = _number(value)
    if isinstance(number, int) and number < 1:
        raise refuse("number-too-small", found=number, least=1)
    return number


def _texts(value: object) -> object:
    """A list, or one line with the items set off by 、 or commas."""
    if isinstance(value, str):
        value = [part for part in _LIST_MARKS.split(value) if part.strip()]
    if isinstance(value, list):
        return tuple(item.strip() if isinstance(item, str) else item for item in value)
    return value


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _boolean(value: object) -> object:
    value = _text(value)
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if isinstance(value, str):
        if value.lower() not in words:
            raise refuse("choice-unknown", found=value, suggestion="true、false、是、否")
        return words[value.lower()]
    return value


def _focus(value: object) -> object:
    """(x, y) in per cent of a word or of two numbers; ``None`` when nothing is typed."""
    value = _text(value)
    if not isinstance(value, str) or value in FOCUSES:
        return FOCUSES.get(value) if isinstance(value, str) else value
    if not value:
        return None
    match = re.fullmatch(forms.FOCUS_NUMBERS, value)
    if not match:
        raise refuse("focus-invalid", found=value, suggestion="、".join(word for word in FOCUSES if not word.isascii()))
    return int(match[1]), int(match[2])


def choice(table: Mapping[str, E]) -> Callable[[object], object]:
    """A validator for one of *table*'s words, Chinese or English."""
    english = {member.value: member for member in table.values()}

    def validate(value: object) -> object:
        value = _text(value)
        if not isinstance(value, str):
            return value
        member = table.get(value) or english.get(value.lower())
        if member is None:
            raise refuse("choice-unknown", found=value, suggestion="、".join(table))
        return member

    return validate


Text = Annotated[str, BeforeValidator(_text), forms.TEXT]
Line = Annotated[str, BeforeValidator(_one_line), forms.TEXT]
Id = Annotated[str, BeforeValidator(_id), forms.ID]
Moment = Annotated[datetime, BeforeValidator(_moment), forms.MOMENT]
Day = Annotated[date, BeforeValidator(_day), forms.MOMENT]
Number = Annotated[int, BeforeValidator(_number), forms.NUMBER]
Count = Annotated[int, BeforeValidator(_count), forms.COUNT]
"""A number of things, at least one."""
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts), forms.TEXTS]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_texts), forms.IDS]
Boolean = Annotated[bool, BeforeValidator(_boolean), forms.BOOLEAN]
GenreWord = Annotated[Genre, BeforeValidator(choice(GENRES)), forms.choice_form(GENRES)]
StatusWord = Annotated[Status, BeforeValidator(choice(STATUSES)), forms.choice_form(STATUSES)]
PhotoKindWord = Annotated[PhotoKind, BeforeValidator(choice(PHOTO_KINDS)), forms.choice_form(PHOTO_KINDS)]
HeadlineFormWord = Annotated[HeadlineForm, BeforeValidator(choice(HEADLINE_FORMS)), forms.choice_form(HEADLINE_FORMS)]
Focus = Annotated[tuple[int, int] | None, BeforeValidator(_focus), forms.focus_form(FOCUSES)]
AsTuple = BeforeValidator(_as_tuple)
"""For ``tuple[Model, ...]`` fields: YAML gives lists."""

AnyValue = Any
"""For fields whose two forms (text or list) their own module tells apart."""

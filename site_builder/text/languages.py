"""Which language an editor marks a run of text with: ``[Solidarity Forever](lang:en)``, or ``(lang:英语)``.

Tags follow BCP 47: a language of ISO 639, then script, region and so on.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"lang[:：]", re.IGNORECASE)
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
# ISO 639-1, and the languages of China that have three letters only.
_KNOWN = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    "aib bca doc jiu khb kjg lhu lis mjg mnc nxq pcc sce shx tji wbm yuy"
)
_CODES = frozenset(_KNOWN.split())
_NAMES = {
    "英语": "en", "英文": "en", "法语": "fr", "法文": "fr", "德语": "de", "德文": "de", "俄语": "ru", "俄文": "ru",
    "西班牙语": "es", "西班牙文": "es", "葡萄牙语": "pt", "意大利语": "it", "拉丁语": "la", "世界语": "eo",
    "日语": "ja", "日文": "ja", "韩语": "ko", "韩文": "ko", "朝鲜语": "ko", "朝鲜文": "ko", "越南语": "vi",
    "泰语": "th", "缅甸语": "my", "印尼语": "id", "阿拉伯语": "ar", "维吾尔语": "ug", "维吾尔文": "ug",
    "哈萨克语": "kk-Arab", "哈萨克文": "kk-Arab", "藏语": "bo", "藏文": "bo", "蒙古语": "mn-Mong", "蒙古文": "mn-Mong",
    "壮语": "za", "壮文": "za", "彝语": "ii", "彝文": "ii", "拼音": "zh-Latn",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def marks_language(target: str) -> bool:
    """Whether what stands in a link's brackets names a language, not an address."""
    return bool(_MARK.match(target))


def language_tag(target: str) -> str:
    """The BCP 47 tag of a mark such as ``lang:en`` or ``lang:英语``; empty when no such language is known."""
    name = _MARK.sub("", target, count=1).strip()
    if name in _NAMES:
        return _NAMES[name]
    tag = _TAG.fullmatch(name)
    return name if tag and tag[1].lower() in _CODES else ""


def runs_right_to_left(tag: str) -> bool:
    """Whether text of the language *tag* is written from right to left."""
    language, *subtags = tag.lower().split("-")
    return "arab" in subtags or "hebr" in subtags or (language in _RIGHT_TO_LEFT and "latn" not in subtags)

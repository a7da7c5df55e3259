"""Make the table by which Chinese is read as pinyin.

    pip install pypinyin && python tools/make_pinyin_table.py

It writes ``site_builder/text/pinyin_table.py``. The library is made to be asked about long texts; loading it takes a
tenth of a second, a fifth of all that one more story costs search in an archive of 30 000. The table is loaded in a
fraction of that, and tests compare both. How it is used is told in ``site_builder/text/pinyin.py``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 50
NOTE = """Made by tools/make_pinyin_table.py from pypinyin {pypinyin}; do not edit.

Readings: Copyright (c) 2016 mozillazg, 闲耘 <hotoo.cn@gmail.com>, MIT License:
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and
this permission notice shall be included in all copies or substantial portions of the Software. The software is provided
"as is", without warranty of any kind, express or implied, including but not limited to the warranties of
merchantability, fitness for a particular purpose and noninfringement. In no event shall the authors or copyright
holders be liable for any claim, damages or other liability, whether in an action of contract, tort or otherwise,
arising from, out of or in connection with the Software or the use or other dealings in the Software.
"""


def characters() -> dict[str, list[str]]:
    """The characters of each syllable."""
    found: dict[str, list[str]] = defaultdict(list)
    for point in sorted(pinyin_dict):
        found[_read(chr(point))[0]].append(chr(point))
    return {syllable: found[syllable] for syllable in sorted(found) if _is_syllable(syllable)}


def words() -> tuple[list[str], dict[str, str]]:
    """Words of which each character is read as it is alone, and the readings of the others."""
    plain, others = [], {}
    for word in sorted(phrases_dict):
        syllables = _read(word)
        if len(word) < 2 or len(syllables) != len(word) or not all(map(_is_syllable, syllables)):
            continue
        if syllables == [_read(char)[0] for char in word]:
            plain.append(word)
        else:
            others[word] = " ".join(syllables)
    return plain, others


def _read(text: str) -> list[str]:
    return lazy_pinyin([text])  # a list: what stands in it is one word


def _is_syllable(text: str) -> bool:
    return text.isascii() and text.isalpha() and text.islower()


def _wrapped(name: str, text: str) -> str:
    pieces = (text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
    return f"{name} = (\n" + "".join(f'    "{piece}"\n' for piece in pieces) + ")\n"


def main() -> None:
    """Write the table."""
    of_syllables = characters()
    plain, others = words()
    table = "".join(
        _wrapped(name, text)
        for name, text in (
            ("CHARACTERS", " ".join(syllable + "".join(chars) for syllable, chars in of_syllables.items())),
            ("WORDS", " ".join(plain)),
            ("OTHER_WORDS", " ".join(others)),
            ("READINGS", ",".join(others.values())),
        )
    )
    (ROOT / "site_builder/text/pinyin_table.py").write_text(
        f'"""{NOTE.format(pypinyin=version("pypinyin"))}"""\n\n# fmt: off\n{table}# fmt: on\n', encoding="utf-8"
    )
    print(len(of_syllables), sum(map(len, of_syllables.values())), len(plain), len(others), file=sys.stderr)


if __name__ == "__main__":
    main()

"""Search: from stories to the files of a static index, and from those files to what a query finds.

``records`` says what is searched of a story, ``terms`` and ``spelling`` which terms lead to it. ``volumes`` makes
the stories of some years ready, by ``postings`` or, where they are many, by ``arrays``; ``segments`` joins volumes into
the files that readers load. ``suggestions`` lists names.
``query`` and ``reader`` answer queries from those files alone, as the browser's script does.
The format is told in docs/reference/search-index.md.
"""

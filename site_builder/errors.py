"""The exceptions that stop the program.

    BulletinError
    ├── UsageError      the command was asked for something that cannot be done (exit status 2)
    ├── BuildError      the build cannot go on; the previous site is untouched (exit status 1)
    └── HostError       the site host (MkDocs) refused its configuration or a page (exit status 1)

Findings in an editor's files are never exceptions: they are :class:`site_builder.problems.Problem` values.
Each error carries a message code and its arguments, so that the command can say it in the reader's language.
All arguments are positional: an exception with required keyword arguments cannot cross a process pool.
"""

from __future__ import annotations

import errno

from site_builder.messages import Messages


class BulletinError(Exception):
    """Base of all errors that stop the program.

    ``code`` names an entry of the ``errors`` table in the message files; the rest fill its
    ``{first}``, ``{second}`` …; several in a tuple are listed as the language lists things.
    """

    def __init__(self, code: str, *args: str | tuple[str, ...]) -> None:
        super().__init__(code, *args)
        self.code = code
        self.values = args


class UsageError(BulletinError):
    """The command line or the place it was started in does not fit (no newsroom here, no such file)."""


class BuildError(BulletinError):
    """The build stopped; nothing of the previous site was changed."""


class HostError(BulletinError):
    """The host that renders ordinary pages and frames failed."""


_SYSTEM = {
    errno.EACCES: "not-permitted",
    errno.EPERM: "not-permitted",
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EROFS: "disk-read-only",
}
"""What editors meet in practice; the rest is told in the system's own words."""


def system_error(error: OSError) -> BuildError:
    """*error* of the operating system as one of ours, so that it is told in the reader's language."""
    name = str(error.filename or "?")
    code = _SYSTEM.get(error.errno or 0)
    return BuildError(code, name) if code else BuildError("os", name, error.strerror or str(error))


def describe(error: BulletinError, messages: Messages) -> str:
    """What to tell people about *error*, in the language of *messages*."""
    mark = messages.text("language.list")
    values = (value if isinstance(value, str) else mark.join(value) for value in error.values)
    places = dict(zip(("first", "second", "third", "fourth", "fifth", "sixth", "seventh"), values, strict=False))
    return messages.text(f"errors.{error.code}", **places)

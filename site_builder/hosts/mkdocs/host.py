"""MkDocs as a function: a request in, ordinary pages and the frame out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from site_builder.build.host import HostOutput, HostRequest
from site_builder.errors import HostError

# Material prints a banner about its successor on import; it concerns nobody who builds with Bulletin.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class MkDocsHost:
    """Runs MkDocs in this process, in a folder of its own."""

    def render(self, request: HostRequest) -> HostOutput:
        """Build ordinary pages and the frame of *request*. Raises ``HostError`` with what MkDocs says."""
        # Imported here: loading MkDocs takes longer than a build that finds everything in the cache.
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

        from site_builder.hosts.mkdocs.capture import collect
        from site_builder.hosts.mkdocs.plugin import BulletinPlugin

        with tempfile.TemporaryDirectory(prefix="bulletin-") as scratch:
            try:
                config = load_config(str(request.config_file), site_dir=scratch)
                plugin = config.plugins["bulletin"]
                assert isinstance(plugin, BulletinPlugin)
                plugin.request = request
                config.plugins.on_startup(command="build", dirty=False)
                build(config)
                config.plugins.on_shutdown()
            except (ConfigurationError, MkDocsException, Abort) as error:
                raise HostError("host-failed", str(error)) from error
            except Exception as error:
                # Hooks, plugins and theme overrides are other people's code; whatever they raise is told as theirs.
                raise HostError("host-failed", f"{type(error).__name__}: {error}") from error
            return collect(Path(scratch), plugin.pages, plugin.theme_files)

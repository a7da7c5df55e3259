#!/usr/bin/env python3
"""Set up and run this repository with nothing but Python 3.11 or newer.

    python3 dev.py site     set up, build the demonstration newsroom into site/, say how to look at it
    python3 dev.py test     set up, run the whole test suite (arguments go to pytest)
    python3 dev.py look     serve site/ on this machine
    python3 dev.py check    set up, run lint, types and import rules
    python3 dev.py quality  set up, judge the demonstration site: markup, schema.org, axe, pa11y, Lighthouse, Firefox
    python3 dev.py bench    set up, measure: bench search N=10000 SEED=7, bench build, bench pictures, bench tasks
    python3 dev.py shots    set up, photograph every kind of page into shots/ (names of pages: only those)

Standard library only. Works on Linux, macOS and Windows. Everything is installed into .venv/ from hash-locked
requirements; Debian packages for browser tests are installed only as root or with CI=true.
"""

from __future__ import annotations

import functools
import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "gs": "ghostscript",
    "java": "default-jre-headless",
    "node": "nodejs",
    "npm": "npm",
}
DEBIAN_FILES = ("fonts-noto-cjk", "fonts-noto-cjk-extra", "libjaxb-java")
"""Packages without a program: fonts, and what veraPDF needs of Java."""
QUALITY = "tests/browser/quality"
"""Tools that judge pages."""
PORT = 8000


def main(arguments: list[str]) -> int:
    """Run one of the commands; its exit status."""
    commands = {
        "site": site,
        "test": test,
        "look": look,
        "check": check,
        "quality": quality,
        "bench": bench,
        "shots": shots,
    }
    if sys.version_info < (3, 11):  # noqa: UP036 - this script meets Pythons that the package never does
        print("Bulletin needs Python 3.11 or newer; this is", sys.version.split()[0], file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    return commands[arguments[0]](arguments[1:])


def site(arguments: list[str]) -> int:
    """Build the demonstration newsroom."""
    install("site.txt")
    status = run([str(PYTHON), "-m", "site_builder.cli.main", "build", *arguments])
    if status == 0:
        print(f"\n网站已生成。查看：python3 dev.py look  然后打开 http://127.0.0.1:{PORT}/")
        print(f"The site is built. To look at it: python3 dev.py look  then open http://127.0.0.1:{PORT}/")
    return status


def test(arguments: list[str]) -> int:
    """Run the test suite."""
    install("test.txt")
    install_debian_packages()
    install_node_packages("tests/integration/yaml_language_server", "yaml-language-server")
    install_node_packages("tests/browser/iiif_viewer", "iiif-viewer")
    install_node_packages(QUALITY, "quality")
    return run([str(PYTHON), "-m", "pytest", "-n", str(os.cpu_count() or 1), *arguments])


def check(_arguments: list[str]) -> int:
    """Lint, types, import rules: every one is run, so that all findings are seen at once."""
    install("test.txt")
    tools = (
        [str(PYTHON), "-m", "ruff", "check", "."],
        [str(PYTHON), "-m", "ruff", "format", "--check", "."],
        [str(PYTHON), "-m", "mypy"],
        [str(BIN / "lint-imports")],
    )
    return max([run(tool) for tool in tools])


def quality(arguments: list[str]) -> int:
    """Judge the demonstration site with every tool; arguments go to the script (--only nu,axe; --runs 3)."""
    install_debian_packages({**DEBIAN_PACKAGES, "firefox-esr": "firefox-esr"})
    status = site([])  # first, since a new .venv/ is made empty
    if status:
        return status
    tools = install_node_packages(QUALITY, "quality")
    if tools is None:
        print("the tools need Node.js 20 and npm", file=sys.stderr)
        return 1
    judged = tools / "site"
    shutil.rmtree(judged, ignore_errors=True)
    shutil.copytree(ROOT / "site", judged)
    status = crowded_site(judged / "crowded")
    if status:
        return status
    browsers = {"CHROMIUM": ("chromium", "google-chrome"), "FIREFOX": ("firefox-esr", "firefox")}
    found = {key: next(filter(None, map(shutil.which, names)), "") for key, names in browsers.items()}
    return run(["node", str(tools / "run.mjs"), str(judged), *arguments], found)


def crowded_site(target: Path) -> int:
    """The demonstration newsroom with fronts so short that they need list pages, built into *target*."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("content", "assets"):
            shutil.copytree(ROOT / name, root / name)
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        short = settings.replace("language: zh-CN", "language: zh-CN\n      list_items: 3")
        (root / "mkdocs.yml").write_text(short, encoding="utf-8")
        command = [str(PYTHON), "-m", "site_builder.cli.main", "build", "--root", folder, "--site-dir", str(target)]
        return run(command)


def bench(arguments: list[str]) -> int:
    """Run one of tests/benchmarks/; further arguments go to it."""
    scripts = {script.stem.removeprefix("bench_"): script for script in (ROOT / "tests/benchmarks").glob("bench_*.py")}
    if not arguments or arguments[0] not in scripts:
        print("bench what?", *sorted(scripts), file=sys.stderr)
        return 2
    install("test.txt")
    install_debian_packages()
    return run([str(PYTHON), str(scripts[arguments[0]]), *arguments[1:]])


def shots(arguments: list[str]) -> int:
    """Photograph every kind of page in four sizes, light and dark."""
    install("test.txt")
    install_debian_packages()
    return run([str(PYTHON), "tests/browser/shots.py", "shots", *arguments])


def look(_arguments: list[str]) -> int:
    """Serve site/ on this machine only."""
    if not (ROOT / "site" / "index.html").is_file():
        print("site/ is not built yet: python3 dev.py site", file=sys.stderr)
        return 1
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(ROOT / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", PORT), handler) as server:
        print(f"http://127.0.0.1:{PORT}/  (Ctrl-C: stop)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def install(requirements: str) -> None:
    """Bring .venv/ in line with the locked *requirements* and this source tree; does nothing when it is."""
    make_environment()
    locked = ROOT / "requirements" / requirements
    stamp = VENV / f"bulletin-{requirements}.stamp"
    wanted = hashlib.sha256(locked.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    print(f"installing {requirements} into .venv …", file=sys.stderr, flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    must([*pip, "--require-hashes", "--requirement", str(locked)])
    must([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(wanted, encoding="ascii")


def make_environment() -> None:
    """Make .venv/ unless a working one is there."""
    if PYTHON.is_file() and succeeds(str(PYTHON), "-m", "pip", "--version"):
        return
    if shutil.which("apt-get") and may_install() and not has_ensurepip():
        # Debian keeps this part of the standard library in a package of its own.
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        apt_install([f"python{version}-venv"])
    try:
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.exit(f"cannot make .venv: {error}\nOn Debian and Ubuntu: apt-get install python3-venv")


def has_ensurepip() -> bool:
    """Whether this Python can put pip into an environment."""
    return succeeds(sys.executable, "-m", "ensurepip", "--version")


def succeeds(*command: str) -> bool:
    """Whether *command* ends well; what it prints is nobody's business."""
    return subprocess.run(command, capture_output=True).returncode == 0


def install_debian_packages(programs: dict[str, str] = DEBIAN_PACKAGES) -> None:
    """Browsers, other *programs* (by their package) and fonts, where that is allowed and they are missing."""
    if not shutil.which("apt-get") or not may_install():
        return
    missing = [package for program, package in programs.items() if not shutil.which(program)]
    missing += [package for package in DEBIAN_FILES if not succeeds("dpkg", "-s", package)]
    if missing:
        apt_install(missing)


def install_node_packages(source: str, name: str) -> Path | None:
    """Node.js packages from the lock file in the folder *source*, into .venv/*name*/; nothing without Node.js.

    Scripts of packages are not run, so that none fetches a browser.
    """
    npm = shutil.which("npm")
    locked = ROOT / source
    target = VENV / name
    wanted = hashlib.sha256((locked / "package-lock.json").read_bytes()).hexdigest()
    stamp = target / "installed.stamp"
    if not npm:
        return None
    target.mkdir(parents=True, exist_ok=True)
    # Scripts find packages beside themselves only.
    for script in locked.glob("*.mjs"):
        shutil.copyfile(script, target / script.name)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return target
    print(f"installing {name} into .venv …", file=sys.stderr, flush=True)
    for file in ("package.json", "package-lock.json"):
        shutil.copyfile(locked / file, target / file)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run(command, cwd=target).returncode != 0:
        print("npm ci failed; what needs these packages says so", file=sys.stderr)
        return None
    stamp.write_text(wanted, encoding="ascii")
    return target


def may_install() -> bool:
    """Whether system packages may be installed: as root, or in CI."""
    return os.environ.get("CI") == "true" or (hasattr(os, "geteuid") and os.geteuid() == 0)


def apt_install(packages: list[str]) -> None:
    """Install Debian packages; a failure is told, and the tests that need them say that they were skipped."""
    sudo = [] if not hasattr(os, "geteuid") or os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("installing", *packages, "…", file=sys.stderr, flush=True)
    if sudo and not shutil.which("sudo"):
        print("no sudo here: install them by hand:", *packages, file=sys.stderr)
        return
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run([*sudo, "apt-get", *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            print("apt-get", command[0], "failed", file=sys.stderr)


def run(command: list[str], variables: dict[str, str] | None = None) -> int:
    """Run *command* here, with more environment *variables*; its exit status."""
    environment = {**os.environ, "PYTHONUTF8": "1", **(variables or {})}
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def must(command: list[str]) -> None:
    """Run *command*; stop when it fails."""
    status = run(command)
    if status:
        sys.exit(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

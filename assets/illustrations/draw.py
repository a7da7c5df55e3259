"""Draw the demonstration edition's illustrations.

    python assets/illustrations/draw.py [--output DIR]

The same pixels come out on every run. Without --output the files in assets/photos/ are replaced.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from drawings import fair, hotline, laboratory
from drawings.canvas import Canvas

PHOTOS = Path(__file__).resolve().parents[1] / "photos"

DRAWINGS: dict[str, Callable[[], Canvas]] = {
    "2024/04/qingdao-two-lists.png": hotline.draw,
    "2024/04/guangxi-job-fair.png": fair.draw,
    "2024/04/photo-spring-tech-team.png": laboratory.draw,
}
"""Each picture's path below the folder of photographs, and what draws it."""


def save_drawings(folder: Path, only: str = "") -> list[Path]:
    """Write the pictures whose name contains `only` into a folder and return their paths."""
    written = []
    for name, draw in DRAWINGS.items():
        if only not in name:
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        draw().finish().save(target, optimize=True)
        written.append(target)
    return written


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description="Draw the demonstration illustrations.")
    parser.add_argument("--output", type=Path, default=PHOTOS, help="folder to write into")
    parser.add_argument("--only", default="", help="draw only names that contain this")
    arguments = parser.parse_args()
    for target in save_drawings(arguments.output, arguments.only):
        print(f"{target}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

#!/bin/sh
# [[say:ci]]
set -eu
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/python -m pip install --quiet --requirement requirements.txt
.venv/bin/bulletin check --format short
.venv/bin/bulletin build

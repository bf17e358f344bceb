#!/bin/sh
# Resolve the dependencies anew: hashes, no URLs, one file for each purpose, each within the one before.
set -eu
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header "$@"; }
compile pyproject.toml --extra server --group build -o requirements/server.txt
compile pyproject.toml --extra server --extra spark --group build -c requirements/server.txt -o requirements/spark.txt
compile pyproject.toml --extra server --extra spark --group build --group test -c requirements/spark.txt \
    -o requirements/test.txt
compile pyproject.toml --extra server --extra spark --group build --group test --group dev --group docs --group bench \
    -c requirements/test.txt -o requirements/dev.txt

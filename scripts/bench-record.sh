#!/usr/bin/env bash
# Times the record at size on SQLite and on a PostgreSQL of its own, and writes docs/performance.md's tables anew.
#
#   scripts/bench-record.sh [ARGUMENT…]     arguments go to the benchmark: --large 100000, --only sqlite, --keep FOLDER
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# shellcheck source=scripts/find.sh
. scripts/find.sh
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh
trap postgres_stop EXIT
scripts/install.sh postgres && postgres_start || exit 1
cargo bench --locked --bench record -- --write docs/performance.md "$@"

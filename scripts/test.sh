#!/usr/bin/env bash
# Runs the groups of tests that are named, or all; tells of each how many passed and failed, as
# cargo and node counted them, and ends with the sum. A group that ran no test has failed.
#
#   scripts/test.sh [GROUP…]
#
# The groups: lint, unit, one for each test binary of cargo (tests/NAME.rs, tests/NAME/main.rs), browser; and clients,
# which runs only where it is named: other people's programs read what ours writes.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# shellcheck source=scripts/find.sh
. scripts/find.sh
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh

# These must be there; others are found.
binaries=(layering extract store web cli)

export CARGO_TERM_COLOR=never NO_COLOR=1
# What the caller has set for a server of their own must not reach the tests.
unset "${!DEMARCHE_@}"

logs=$(mktemp -d) || exit 1
passed=0 failed=0 # of the group that runs

leave() {
    postgres_stop
    rm -rf "$logs"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# tally PASSED FAILED STATUS WHAT: a command's counts go into its group's. A command that failed
# without naming a failure counts as one.
tally() {
    local run_passed=$1 run_failed=$2 status=$3
    shift 3
    if [ "$status" -ne 0 ] && [ "$run_failed" -eq 0 ]; then
        echo "failed with status $status: $*"
        run_failed=1
    fi
    passed=$((passed + run_passed))
    failed=$((failed + run_failed))
}

# A command that is one check: its exit status is its result.
check() {
    local status
    echo "+ $*"
    "$@" </dev/null
    status=$?
    tally "$((status == 0))" 0 "$status" "$@"
}

# A run of cargo test, counted by its "test result:" lines; an ignored test counts as failed.
cargo_test() {
    local status counts
    echo "+ cargo test --locked $*"
    cargo test --locked --no-fail-fast "$@" </dev/null 2>&1 | tee "$logs/run"
    status=$?
    counts=$(awk '
        /^test result: / { passed += $4; failed += $6 + $8; ignored += $8 }
        END { print passed + 0, failed + 0, ignored + 0 }' "$logs/run")
    read -r run_passed run_failed run_ignored <<<"$counts"
    [ "$run_ignored" -eq 0 ] || echo "$run_ignored tests are ignored, which counts as failed: mend or remove them"
    tally "$run_passed" "$run_failed" "$status" cargo test "$@"
}

# A run of node's test runner, counted by its closing lines; a skipped or cancelled test counts as failed.
node_test() {
    local status counts
    echo "+ node --test $*"
    node --test --test-concurrency=1 --test-reporter=spec "$@" </dev/null 2>&1 | tee "$logs/run"
    status=$?
    counts=$(awk '
        $1 == "ℹ" && $2 == "pass" { passed = $3 }
        $1 == "ℹ" && ($2 == "fail" || $2 == "cancelled" || $2 == "skipped" || $2 == "todo") { failed[$2] = $3 }
        END { print passed + 0, failed["fail"] + failed["cancelled"] + failed["skipped"] + failed["todo"] }' "$logs/run")
    read -r run_passed run_failed <<<"$counts"
    tally "$run_passed" "$run_failed" "$status" node --test "$@"
}

# A run of pytest, counted by its closing line; a skipped test counts as failed.
pytest_test() {
    local status counts
    echo "+ pytest $*"
    target/clients/bin/python -m pytest "$@" </dev/null 2>&1 | tee "$logs/run"
    status=$?
    counts=$(tail -n 1 "$logs/run" | awk '
        { for (i = 2; i <= NF; i++) { word = $i; sub(/,$/, "", word); counted[word] = $(i - 1) } }
        END { print counted["passed"] + 0, counted["failed"] + counted["error"] + counted["errors"] + counted["skipped"] + 0 }')
    read -r run_passed run_failed <<<"$counts"
    tally "$run_passed" "$run_failed" "$status" pytest "$@"
}

group_lint() {
    check cargo fmt --check
    check cargo clippy --locked --quiet --all-targets -- -D warnings
    if cargo deny --version >/dev/null 2>&1; then
        check cargo deny --offline check licenses bans sources
    else
        echo "cargo-deny is not installed: deny.toml is not checked"
    fi
    if command -v shellcheck >/dev/null; then
        check shellcheck scripts/*.sh .ci/run
    fi
}

group_unit() {
    cargo_test --lib --bins
    cargo_test --doc
}

group_browser() {
    check scripts/install.sh browser
    check cargo build --locked --quiet
    DEMARCHE_BIN=$PWD/target/debug/demarche CHROMIUM=$(chromium_path) \
        DEMARCHE_BROWSER_POSTGRES=$(postgres_database browser) node_test tests/browser/*.test.mjs
}

group_clients() {
    check scripts/install.sh clients
    check cargo build --locked --quiet
    DEMARCHE_BIN=$PWD/target/debug/demarche pytest_test -q --color=no -p no:cacheprovider tests/clients
    DEMARCHE_BIN=$PWD/target/debug/demarche CHROMIUM=$(chromium_path) node_test tests/clients/*.test.mjs
}

# The first group that needs PostgreSQL starts it; where that fails, each group that needs it says so.
need_postgres() {
    [ -z "${DEMARCHE_TEST_POSTGRES-}" ] || return 0
    scripts/install.sh postgres && postgres_start
}

run_group() {
    local name=$1
    case $name in
        lint) group_lint ;;
        unit) group_unit ;;
        layering) cargo_test --test layering ;;
        clients) group_clients ;;
        browser)
            need_postgres || tally 0 1 1 "PostgreSQL for $name"
            group_browser
            ;;
        *)
            need_postgres || tally 0 1 1 "PostgreSQL for $name"
            cargo_test --test "$name"
            ;;
    esac
}

if ! command -v cargo >/dev/null; then
    echo "cargo is missing: install Rust $(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) or newer (https://rustup.rs), then run this again" >&2
    exit 1
fi

groups=("$@")
if [ "${#groups[@]}" -eq 0 ]; then
    for file in tests/*.rs tests/*/main.rs; do
        name=$(basename "${file%/main.rs}" .rs)
        [ -f "$file" ] && [[ " ${binaries[*]} " != *" $name "* ]] && binaries+=("$name")
    done
    groups=(lint unit "${binaries[@]}" browser)
fi

all_passed=0 all_failed=0 table=
for group in "${groups[@]}"; do
    printf '\n== %s\n' "$group"
    passed=0 failed=0 began=$SECONDS
    run_group "$group"
    if [ "$((passed + failed))" -eq 0 ]; then
        echo "the group $group ran no test"
        failed=1
    fi
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
    table+=$(printf '%-10s %7d %7d %7d' "$group" "$passed" "$failed" "$((SECONDS - began))")$'\n'
done

printf '\n%-10s %7s %7s %7s\n%s\n' group passed failed seconds "$table"
echo "$all_passed passed, $all_failed failed"
[ "$all_failed" -eq 0 ]

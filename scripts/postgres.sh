# shellcheck shell=bash
# A throwaway PostgreSQL for the tests: its own folder, a free port on loopback, a random password,
# no durability. Sourced; the caller runs postgres_stop on its way out, however that comes.
#
# postgres_start sets DEMARCHE_TEST_POSTGRES to the address of an empty database whose user may
# create others.

postgres_folder=

# PostgreSQL refuses to run as root; then it runs as the user that its package made.
as_postgres_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

postgres_start() {
    local bin port password try
    if ! bin=$(postgres_bin); then
        echo "PostgreSQL: no working initdb and postgres found" >&2
        return 1
    fi
    if [ "$(id -u)" -eq 0 ] && ! id postgres >/dev/null 2>&1; then
        echo "PostgreSQL: as root it runs as the user postgres, but there is no such user" >&2
        return 1
    fi
    # Not under TMPDIR: root's may be closed to the user postgres, and a socket's path is short.
    postgres_folder=$(mktemp -d /tmp/demarche-postgres.XXXXXX) || return 1
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$password" >"$postgres_folder/password"
    [ "$(id -u)" -ne 0 ] || chown -R postgres "$postgres_folder"

    # The plain password method: a hash of it would cost each of the tests' many connections
    # milliseconds, and the password never leaves this machine.
    if ! as_postgres_owner "$bin/initdb" --pgdata="$postgres_folder/data" --username=demarche \
        --pwfile="$postgres_folder/password" --auth=password --encoding=UTF8 --locale=C --no-sync \
        >"$postgres_folder/initdb.log" 2>&1; then
        echo "PostgreSQL: initdb failed:" >&2
        cat "$postgres_folder/initdb.log" >&2
        return 1
    fi
    # Another process may take the port between the look and the start.
    for try in 1 2 3; do
        port=$(free_port)
        if as_postgres_owner "$bin/pg_ctl" --pgdata="$postgres_folder/data" --log="$postgres_folder/log" \
            --silent --wait --timeout=60 --options="-p $port -c listen_addresses=127.0.0.1 \
            -c unix_socket_directories=$postgres_folder -c max_connections=200 -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off" start >/dev/null 2>&1; then
            export DEMARCHE_TEST_POSTGRES="postgres://demarche:$password@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    echo "PostgreSQL did not start in $try tries:" >&2
    as_postgres_owner cat "$postgres_folder/log" >&2
    return 1
}

# postgres_database NAME: makes an empty database and prints its address; fails where none runs.
postgres_database() {
    local bin
    [ -n "${DEMARCHE_TEST_POSTGRES-}" ] && bin=$(postgres_bin) || return 1
    "$bin/psql" --quiet --dbname="$DEMARCHE_TEST_POSTGRES" --command="CREATE DATABASE $1" >&2 || return 1
    echo "${DEMARCHE_TEST_POSTGRES%/*}/$1"
}

postgres_stop() {
    local bin
    [ -n "$postgres_folder" ] || return 0
    if [ -f "$postgres_folder/data/postmaster.pid" ] && bin=$(postgres_bin); then
        as_postgres_owner "$bin/pg_ctl" --pgdata="$postgres_folder/data" --silent --wait --mode=immediate stop \
            >/dev/null 2>&1
    fi
    rm -rf "$postgres_folder"
    postgres_folder=
}

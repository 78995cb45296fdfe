# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced before a Drover server starts, by ./drover and by the image alike: folders, secrets, and what Liberty and the
# JVM read from the environment. Needs DATA_ROOT and JAVA_HOME.

# A secret in a file of its own that only the owner reads; made once, printed never.
drover_secret() {
    local file=$1 bytes=${2:-24}
    [ -s "$file" ] && return
    (
        umask 077
        head -c "$bytes" /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' > "$file.new"
        mv "$file.new" "$file"
    )
}

drover_folders() {
    (
        umask 077
        mkdir -p "$DATA_ROOT"/{db,broker,artifacts,secrets/server,node,tmp} "$LOG_ROOT"
        chmod 700 "$DATA_ROOT" "$DATA_ROOT/secrets" "$DATA_ROOT/secrets/server"
    )
}

drover_unescape() {
    local text=${1//+/ }
    printf '%b' "${text//%/\\x}"
}

# postgresql://user:password@host:port/name?options, as other tools write it, becomes what JDBC reads.
drover_database_url() {
    case ${DATABASE_URL:-} in
        '') return ;;
        jdbc:*)
            export DB_URL=${DB_URL:-$DATABASE_URL}
            return
            ;;
        postgres://* | postgresql://*) ;;
        *)
            echo "DATABASE_URL must start with postgresql:// or jdbc:" >&2
            return 1
            ;;
    esac
    local rest=${DATABASE_URL#*://} user=
    case ${rest%%/*} in
        *@*)
            user=${rest%%@*}
            rest=${rest#*@}
            DB_USER=${DB_USER:-$(drover_unescape "${user%%:*}")}
            case $user in *:*) DB_PASSWORD=${DB_PASSWORD:-$(drover_unescape "${user#*:}")} ;; esac
            export DB_USER DB_PASSWORD
            ;;
    esac
    export DB_URL=${DB_URL:-jdbc:postgresql://$rest}
}

# Options that not every JDK knows as such, or that depend on the place of files.
drover_jvm_args() {
    local major args="-Xmx${DROVER_HEAP:-320m} -Djava.io.tmpdir=$DATA_ROOT/tmp"
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$JAVA_HOME/release")
    if [ "${major:-0}" -ge 23 ]; then
        # Netty inside the broker: without these the console opens with warnings.
        args="$args --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    fi
    if [ -n "${DROVER_CLASS_RECORD:-}" ]; then
        # Without class unloading: JDK 25.0.3 crashes in InstanceKlass::can_be_verified_at_dumptime when it records a class
        # whose neighbours are gone.
        args="$args -XX:ArchiveClassesAtExit=$DROVER_CLASS_RECORD -XX:-ClassUnloading -Xlog:cds=off -Xlog:cds+dynamic=off"
    elif [ -n "${DROVER_CLASS_ARCHIVE:-}" ] && [ -f "$DROVER_CLASS_ARCHIVE" ]; then
        args="$args -XX:SharedArchiveFile=$DROVER_CLASS_ARCHIVE -Xshare:auto -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:cds=off -Xlog:cds+dynamic=off"
    fi
    export JVM_ARGS="$args ${JVM_ARGS:-}"
}

# Whether the node has the role worker: where DROVER_ROLES says nothing, it has.
drover_is_worker() {
    local role
    for role in $(tr ',' ' ' <<< "${DROVER_ROLES:-api,worker}"); do
        [ "$role" != worker ] || return 0
    done
    return 1
}

drover_environment() {
    export DATA_ROOT LOG_ROOT=${LOG_ROOT:-$DATA_ROOT/logs}
    drover_folders
    drover_secret "$DATA_ROOT/secrets/server/keystore.password"
    drover_secret "$DATA_ROOT/secrets/server/admin.password"
    drover_database_url || return
    drover_jvm_args
    # Liberty takes each file there as a variable of its configuration: no secret is in an environment or a command line.
    export VARIABLE_SOURCE_DIRS=$DATA_ROOT/secrets/server
    export WLP_OUTPUT_DIR=$DATA_ROOT/server LOG_DIR=$LOG_ROOT WLP_SKIP_BOOTSTRAP_AGENT=${WLP_SKIP_BOOTSTRAP_AGENT:-1}
    # A node that is no worker leaves the jobs in their queues.
    if drover_is_worker; then export LANE_AUTO_START=true; else export LANE_AUTO_START=false; fi
    # As many jobs at once as there are browsers.
    export LANE_BROWSER_SESSIONS=${DROVER_BROWSER_WORKERS:-${MAX_BROWSER_INSTANCES:-0}}
}

# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Starts, stops and watches one server, which DATA_ROOT names.

PID_FILE=$DATA_ROOT/node/server.pid
ADMIN_PASSWORD_FILE=$DATA_ROOT/secrets/server/admin.password
BASE_URL=http://127.0.0.1:$DROVER_HTTP_PORT
START_SECONDS=${DROVER_START_SECONDS:-180}
STOP_SECONDS=${DROVER_STOP_SECONDS:-40}

# When a process began, in ticks since boot: with its number it names one process for ever.
birth_of() { sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | cut -d ' ' -f 20; }

# The number of this data folder's server, if it runs.
server_pid() {
    local pid birth
    [ -f "$PID_FILE" ] && read -r pid birth < "$PID_FILE" && [ -n "$pid" ] && [ "$(birth_of "$pid")" = "$birth" ] && echo "$pid"
}

# The server with all that it started, wherever that stands in the tree of processes and of whatever session it is:
# launch() puts a mark into the environment, which everyone inherits. Those of Chromium's processes that overwrite theirs
# descend from one that has it.
MARK=DROVER_SERVER_OF=$DATA_ROOT
processes_of_server() {
    local marked
    marked=$(grep -lzxF "$MARK" /proc/[0-9]*/environ 2> /dev/null | cut -d / -f 3 | tr '\n' ' ')
    [ -n "$marked" ] || return 0
    ps -e -o pid=,ppid= | awk -v marked="$marked" '
        BEGIN { split(marked, roots, " "); for (i in roots) ours[roots[i]] = 1 }
        { parent[$1] = $2 }
        END { for (pid in parent) for (p = pid; p > 1; p = parent[p]) if (p in ours) { print pid; break } }'
}

api_token() {
    if [ -n "${API_SECRET_TOKEN:-}" ]; then
        echo "$API_SECRET_TOKEN"
    else
        cat "$DATA_ROOT/secrets/api-token" 2> /dev/null
    fi
}

token_place() {
    if [ -n "${API_SECRET_TOKEN:-}" ]; then
        echo "that of API_SECRET_TOKEN"
    else
        echo "in $DATA_ROOT/secrets/api-token"
    fi
}

answers() {
    local token
    token=$(api_token) && [ -n "$token" ] &&
        curl -sf -m 5 -o /dev/null -H @- "$BASE_URL/api/v1/me" <<< "Authorization: Bearer $token" 2> /dev/null
}

port_taken() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

up() {
    local pid
    if pid=$(server_pid); then
        answers && say "Drover already runs (process $pid) at $BASE_URL" && return
        fail "process $pid runs on $DATA_ROOT but does not answer at $BASE_URL" "./drover logs, ./drover down"
    fi
    for port in "$DROVER_HTTP_PORT" "$DROVER_HTTPS_PORT"; do
        ! port_taken "$port" || fail "port $port is taken" "Choose others by DROVER_HTTP_PORT and DROVER_HTTPS_PORT."
    done
    with_sample_sites
    say "Starting Drover (data in $DATA_ROOT)"
    local first_token='' first_password=''
    [ -n "${API_SECRET_TOKEN:-}" ] || [ -s "$DATA_ROOT/secrets/api-token" ] || first_token=yes
    [ -s "$ADMIN_PASSWORD_FILE" ] || first_password=yes
    launch
    await_answer
    note "console  $BASE_URL/"
    note "API      $BASE_URL/api/v1"
    note "token    $(token_place)"
    [ -z "$first_token" ] || note "         made now, and shown this once: $(api_token)"
    note "admin    of the server (Admin Center, JMX, metrics); password in $ADMIN_PASSWORD_FILE"
    [ -z "$first_password" ] || note "         made now, and shown this once: $(cat "$ADMIN_PASSWORD_FILE")"
}

# The sample sites of a checkout at /sites, where somebody wants them: for trying things out, and for tests.
with_sample_sites() {
    [ "${DROVER_SITES:-false}" = true ] || return 0
    SITES_WAR=$DROVER_HOME/qa/sites/target/drover-sites.war
    SITES_CONFIG=$DROVER_HOME/qa/sites/src/main/liberty/sites.xml
    [ -s "$SITES_WAR" ] || fail "the sample sites are not built, which DROVER_SITES=true asks for" "./drover demo builds them"
    export SITES_WAR SITES_CONFIG
}

# What did not come up is not to go on in the background: whoever starts it again would find its ports taken.
give_up() {
    warn "stopping what was started"
    (end_server) >&2 || true
    fail "$@"
}

launch() {
    # Here already: the process below may not have come to it when its number is written.
    (umask 077 && mkdir -p "$DATA_ROOT/node")
    (
        umask 077
        export WLP_SKIP_UMASK=1
        export "${MARK?}"
        export DROVER_CLASS_ARCHIVE=${DROVER_CLASS_ARCHIVE:-$CLASS_ARCHIVE}
        # shellcheck source=/dev/null
        . "$SERVER_CONFIG/bin/environment.sh"
        drover_environment
        # messages.log is the log; the console only has what comes before it.
        export WLP_LOGGING_CONSOLE_LOGLEVEL=${WLP_LOGGING_CONSOLE_LOGLEVEL:-OFF}
        export WLP_LOGGING_CONSOLE_SOURCE=${WLP_LOGGING_CONSOLE_SOURCE:-message}
        cd "$DATA_ROOT" || exit
        exec setsid "$WLP/bin/server" run drover > "$LOG_ROOT/console.log" 2>&1 < /dev/null
    ) &
    local pid=$!
    echo "$pid $(birth_of "$pid")" > "$PID_FILE.new"
    mv "$PID_FILE.new" "$PID_FILE"
    disown "$pid"
}

await_answer() {
    local began=$SECONDS said=0 starting
    read -r starting _ < "$PID_FILE"
    # Every command in this loop takes processor time from the server: until its port opens, there is only one.
    until port_taken "$DROVER_HTTP_PORT" && answers; do
        kill -0 "$starting" 2> /dev/null || fail "the server ended while it started" "$(tail -n 5 "$LOG_ROOT/console.log" 2> /dev/null)" "Log: $LOG_ROOT/messages.log"
        application_failed && give_up "the application did not start" "$(why_it_failed)" "Log: $LOG_ROOT/messages.log"
        [ $((SECONDS - began)) -lt "$START_SECONDS" ] || give_up "no answer from $BASE_URL after $START_SECONDS s" "Log: $LOG_ROOT/messages.log"
        if [ $((SECONDS - began - said)) -ge 15 ]; then
            said=$((SECONDS - began))
            note "waiting for $BASE_URL to answer ($said s)"
        fi
        sleep 0.1
    done
    note "answers after $((SECONDS - began)) s"
}

# What Liberty says of an application that did not start, in the log of this start.
FAILED='CWWKZ000[234]E|CWWKZ0106E'

application_failed() { [ "$LOG_ROOT/messages.log" -nt "$PID_FILE" ] && grep -qE "$FAILED" "$LOG_ROOT/messages.log" 2> /dev/null; }

why_it_failed() {
    grep -oE '(DROVER_[A-Z_]+ is|[A-Z_]+ \(or DROVER_[A-Z_]+\) does not fit|CWWKZ0[01]0[2346]E)[^"]*' "$LOG_ROOT/messages.log" | head -n 1 | sed 's/ com\.ibm\..*//' | cut -c 1-300
}

down() {
    local pid
    if pid=$(server_pid); then
        say "Stopping Drover (process $pid)"
    elif [ -n "$(processes_of_server)" ]; then
        say "Drover does not run on $DATA_ROOT, but processes that it started do"
    else
        say "Drover does not run on $DATA_ROOT"
        return
    fi
    end_server
}

end_server() {
    local pid began=$SECONDS left
    if pid=$(server_pid); then
        kill -TERM "$pid"
        while [ -n "$(birth_of "$pid")" ] && [ $((SECONDS - began)) -lt "$STOP_SECONDS" ]; do sleep 0.1; done
    fi
    left=$(processes_of_server)
    if [ -n "$left" ]; then
        warn "still there after $((SECONDS - began)) s, ending: $(echo "$left" | tr '\n' ' ')"
        # shellcheck disable=SC2086 # a list of numbers
        kill -KILL $left 2> /dev/null || true
        sleep 0.5
    fi
    rm -f "$PID_FILE"
    note "stopped after $((SECONDS - began)) s"
}

status() {
    local pid
    if ! pid=$(server_pid); then
        say "Drover does not run on $DATA_ROOT"
        return 3
    fi
    say "Drover runs: process $pid since $(ps -o lstart= -p "$pid"), data in $DATA_ROOT"
    note "console  $BASE_URL/"
    note "memory   $(processes_of_server | while read -r p; do sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "/proc/$p/smaps_rollup" 2> /dev/null; done | awk '{s += $1} END {printf "%d MB (server, driver and browsers)", s / 1024}')"
    if answers; then
        note "answers  yes"
    else
        note "answers  no, see ./drover logs"
        return 4
    fi
}

logs() {
    [ -f "$LOG_ROOT/messages.log" ] || fail "there is no log in $LOG_ROOT yet"
    if has node; then
        tail -F "$@" "$LOG_ROOT/messages.log" | node "$DROVER_HOME/scripts/log-lines.mjs"
    else
        tail -F "$@" "$LOG_ROOT/messages.log"
    fi
}

# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Builds the server when a source is newer than the last build.

WLP=$DROVER_HOME/ear/target/liberty/wlp
SERVER_CONFIG=$WLP/usr/servers/drover
STAMP=$DROVER_HOME/ear/target/.drover-built
CLASS_ARCHIVE=$DROVER_HOME/ear/target/drover-classes.jsa

# Maven of the system if it is new enough, else the wrapper, which fetches one from Maven Central.
mvn_command() {
    local version
    if has mvn && version=$(JAVA_HOME=$JAVA_HOME mvn -v 2> /dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p'); then
        # shellcheck disable=SC2086 # two numbers
        set -- $version
        if [ "${1:-0}" -gt 3 ] || { [ "${1:-0}" -eq 3 ] && [ "${2:-0}" -ge 8 ]; }; then
            echo mvn
            return
        fi
    fi
    echo "$DROVER_HOME/mvnw"
}

maven() { (cd "$DROVER_HOME" && "$(mvn_command)" -B "$@"); }

is_built() {
    [ -f "$STAMP" ] && [ -d "$SERVER_CONFIG/apps" ] || return 1
    [ -z "$(cd "$DROVER_HOME" && find ./pom.xml ./*/pom.xml ./qa/*/pom.xml {persistence,ejb,web,liberty-config,ear}/src qa/{sites,tasks}/src \
        \( -name node_modules -o -name dist \) -prune -o -newer "$STAMP" -print -quit 2> /dev/null)" ]
}

# DROVER_SKIP_BUILD: the caller, a build itself, has just made the server.
build_server() {
    if [ -n "${DROVER_SKIP_BUILD:-}" ]; then
        [ -d "$SERVER_CONFIG/apps" ] || fail "there is no server in $WLP to start" "Without DROVER_SKIP_BUILD it is built first."
        return
    fi
    if ! is_built; then
        say "Building Drover with Maven (some minutes the first time: Liberty alone is 374 MB)"
        note "JDK $(jdk_major "$JAVA_HOME") in $JAVA_HOME, log in .drover/log/build.log"
        local began
        began=$(mktemp)
        quietly "$DROVER_HOME/.drover/log/build.log" maven -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true \
            package -pl ear,qa/sites,qa/tasks -am
        touch -r "$began" "$STAMP"
        rm -f "$began" "$CLASS_ARCHIVE"
    fi
    [ -f "$CLASS_ARCHIVE" ] || [ -n "${DROVER_NO_CLASS_ARCHIVE:-}" ] || make_class_archive
}

# Starts and stops a server once, in a folder of its own, and keeps the classes that it loaded as the JVM's archive: every
# later start maps them instead of reading them again (docs/adr/0007). A start without the archive works as well.
make_class_archive() {
    local port folder
    say "Recording the classes that a start needs, once for each build"
    folder=$(mktemp -d "$DROVER_HOME/.drover/first-start.XXXXXX")
    port=$(free_port)
    if ! (
        export DROVER_NO_CLASS_ARCHIVE=1 DROVER_CLASS_RECORD=$folder/classes.jsa DATA_ROOT=$folder/data
        export DROVER_HTTP_PORT=$port DROVER_HTTPS_PORT=$((port + 1)) DROVER_STOP_SECONDS=90
        unset LOG_ROOT DB_URL DATABASE_URL BROKER_URL BROKER_LISTEN
        "$DROVER_HOME/drover" up && "$DROVER_HOME/drover" down
    ) > "$DROVER_HOME/.drover/log/first-start.log" 2>&1; then
        (DATA_ROOT=$folder/data "$DROVER_HOME/drover" down) > /dev/null 2>&1 || true
        warn "that did not work (.drover/log/first-start.log); starts take longer without"
    elif [ -f "$folder/classes.jsa" ]; then
        mv "$folder/classes.jsa" "$CLASS_ARCHIVE"
    fi
    rm -rf "$folder"
}

free_port() {
    local port
    for _ in $(seq 50); do
        port=$((20000 + RANDOM % 10000 * 2))
        if ! port_taken "$port" && ! port_taken $((port + 1)); then
            echo "$port"
            return
        fi
    done
    return 1
}

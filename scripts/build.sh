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

build_server() {
    if is_built; then return; fi
    say "Building Drover with Maven (some minutes the first time: Liberty alone is 374 MB)"
    note "JDK $(jdk_major "$JAVA_HOME") in $JAVA_HOME, log in .drover/log/build.log"
    local began
    began=$(mktemp)
    quietly "$DROVER_HOME/.drover/log/build.log" maven -DskipTests package -pl ear,qa/sites,qa/tasks -am
    touch -r "$began" "$STAMP"
    rm -f "$began" "$CLASS_ARCHIVE"
}

# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Says what this machine has and lacks, in words. Changes nothing.

DOCTOR_MISSING=0

good() { printf '  ok       %-14s %s\n' "$1" "$2"; }
lacks() {
    printf '  missing  %-14s %s\n' "$1" "$2"
    DOCTOR_MISSING=$((DOCTOR_MISSING + 1))
}
hint() { printf '  %-8s %-14s %s\n' "$1" "$2" "$3"; }

doctor() {
    say "What Drover needs on this machine"
    doctor_jdk
    doctor_node
    doctor_maven
    doctor_packages
    doctor_machine
    if may_install; then
        hint note packages "what is missing from Debian is installed by ./drover demo, up and test"
    else
        hint note packages "this user may not use apt: have an administrator install what is missing"
    fi
    if [ "$DOCTOR_MISSING" -eq 0 ]; then
        say "Nothing is missing"
    else
        say "$DOCTOR_MISSING missing"
        return 1
    fi
}

doctor_jdk() {
    local jdk
    if jdk=$(find_jdk); then
        good JDK "$(jdk_major "$jdk") in $jdk"
    else
        lacks JDK "no JDK $MIN_JDK or later in JAVA_HOME, PATH or /usr/lib/jvm. Debian 12 has only 17: take temurin-25-jdk from"
        hint '' '' "https://adoptium.net/installation/linux, or unpack any JDK 21 or later below /usr/lib/jvm"
    fi
}

doctor_node() {
    local node
    if node=$(find_node); then
        good Node "$("$node" --version) in $node"
    else
        lacks Node "Node $MIN_NODE or later; Debian 12 has 18, with which ./drover fetches a newer one from npm"
    fi
}

doctor_maven() {
    local jdk
    jdk=$(find_jdk) || jdk=
    if has mvn; then
        good Maven "$(JAVA_HOME=$jdk mvn -v 2> /dev/null | sed -n 's/.*\(Apache Maven [0-9.]*\).*/\1/p')"
    else
        good Maven "none installed; ./mvnw fetches one from Maven Central"
    fi
}

doctor_packages() {
    local shell
    if shell=$(find_headless_shell); then
        good Chromium "headless in $shell"
    else
        lacks Chromium "apt-get install chromium-headless-shell"
    fi
    if has_fonts; then good fonts "$(fc-list | wc -l) faces"; else lacks fonts "apt-get install fontconfig fonts-liberation"; fi
    if has ffmpeg; then good ffmpeg "for videos"; else lacks ffmpeg "apt-get install ffmpeg"; fi
    if has curl; then good curl ""; else lacks curl "apt-get install curl"; fi
    if [ -x /usr/lib/chromium/chromium ]; then
        good chromium "with windows, for VNC and tests"
    else
        hint option chromium "only sessions with VNC and ./drover test need it: apt-get install chromium"
    fi
    if find_vnc > /dev/null; then
        good VNC "$(find_vnc) shows windows of sessions"
    else
        hint option VNC "only sessions with VNC and ./drover test need it: apt-get install tigervnc-standalone-server tigervnc-tools"
    fi
    if find_postgres > /dev/null; then
        good PostgreSQL "programs in $(find_postgres), for tests"
    else
        hint tests PostgreSQL "only ./drover test needs its programs (apt-get install postgresql); no running server is used"
    fi
}

doctor_machine() {
    local free port
    free=$(df -Pk "$DROVER_HOME" | awk 'NR == 2 {print int($4 / 1048576)}')
    if [ "$free" -ge 3 ]; then good disk "$free GB free"; else lacks disk "$free GB free; a build takes 3 GB with what Maven keeps"; fi
    if server_pid > /dev/null; then
        good server "runs at $BASE_URL"
        return
    fi
    for port in "$DROVER_HTTP_PORT" "$DROVER_HTTPS_PORT"; do
        if port_taken "$port"; then lacks "port $port" "taken: choose another by DROVER_HTTP_PORT or DROVER_HTTPS_PORT"; else good "port $port" free; fi
    done
}

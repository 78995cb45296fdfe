# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Finds what Drover needs, and installs from Debian's packages (Node, where Debian's is too old, from npm) what it may.

TOOLS=$DROVER_HOME/.drover/tools
MIN_JDK=21
MIN_NODE=20

jdk_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null; }

is_jdk() {
    local major
    [ -x "$1/bin/javac" ] && major=$(jdk_major "$1") && [ "${major:-0}" -ge "$MIN_JDK" ]
}

# JAVA_HOME if it will do, else the newest of PATH and /usr/lib/jvm.
find_jdk() {
    local home best='' best_major=0 major
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        echo "$JAVA_HOME"
        return
    fi
    for home in "$(has javac && dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" /usr/lib/jvm/*; do
        is_jdk "$home" || continue
        major=$(jdk_major "$home")
        if [ "$major" -gt "$best_major" ]; then
            best=$(readlink -f "$home")
            best_major=$major
        fi
    done
    [ -n "$best" ] && echo "$best"
}

node_major() { "$1" --version 2> /dev/null | sed -n 's/^v\([0-9]*\).*/\1/p'; }

find_node() {
    local node major
    for node in "${DROVER_BROWSER_NODE_EXECUTABLE:-}" "$(command -v node || true)" "$TOOLS/node_modules/node/bin/node"; do
        if [ ! -x "$node" ]; then continue; fi
        major=$(node_major "$node")
        [ "${major:-0}" -ge "$MIN_NODE" ] && readlink -f "$node" && return
    done
    return 1
}

find_headless_shell() {
    local file
    for file in "${DROVER_BROWSER_CHROMIUM_HEADLESS_EXECUTABLE:-}" /usr/lib/chromium/chromium-headless-shell; do
        [ -n "$file" ] && [ -x "$file" ] && echo "$file" && return
    done
    return 1
}

find_postgres() {
    local bin
    for bin in "${DROVER_POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin; do
        [ -n "$bin" ] && [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && echo "$bin" && return
    done
    return 1
}

find_vnc() {
    if { has Xtigervnc || has Xvnc; } && { has tigervncpasswd || has vncpasswd; }; then
        command -v Xtigervnc || command -v Xvnc
    elif has Xvfb && has x11vnc; then
        command -v x11vnc
    else
        return 1
    fi
}

has_fonts() { has fc-list && [ -n "$(fc-list :lang=en family | head -n 1)" ]; }

may_install() { has apt-get && { [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2> /dev/null; }; }; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

apt_knows() { apt-cache policy "$1" 2> /dev/null | grep -q 'Candidate: [0-9]'; }

refresh_apt() {
    [ -n "${APT_FRESH:-}" ] && return
    say "Reading the package lists"
    quietly "$DROVER_HOME/.drover/log/apt-update.log" as_root apt-get update -q
    APT_FRESH=1
}

install_packages() {
    may_install || fail "this machine lacks: $*" "As an administrator: apt-get install -y --no-install-recommends $*"
    refresh_apt
    say "Installing from Debian: $*"
    quietly "$DROVER_HOME/.drover/log/apt-install.log" as_root env DEBIAN_FRONTEND=noninteractive \
        UCF_FORCE_CONFFOLD=1 apt-get install -y -q --no-install-recommends "$@"
}

need_jdk() {
    local package
    if ! JDK=$(find_jdk); then
        may_install && refresh_apt
        for package in openjdk-25-jdk-headless temurin-25-jdk openjdk-21-jdk-headless temurin-21-jdk; do
            if may_install && apt_knows "$package"; then
                install_packages "$package"
                break
            fi
        done
        JDK=$(find_jdk) || fail "there is no JDK $MIN_JDK or later in JAVA_HOME, PATH or /usr/lib/jvm" \
            "Debian 12 has none in its own packages (17 only), Debian 13 has openjdk-21-jdk-headless." \
            "Get Temurin 25 as a package (https://adoptium.net/installation/linux: temurin-25-jdk)," \
            "or unpack any JDK 21 or later below /usr/lib/jvm, or let JAVA_HOME point to one. Then run this again."
    fi
    export JAVA_HOME=$JDK
}

# Debian 12 has Node 18: it is good enough to fetch a newer one from the npm registry, into this folder only.
need_node() {
    if ! NODE=$(find_node); then
        if ! has npm; then install_packages nodejs npm; fi
        if ! NODE=$(find_node); then
            say "Fetching Node 22 from the npm registry into .drover/tools (the system's is older than $MIN_NODE)"
            mkdir -p "$TOOLS"
            quietly "$DROVER_HOME/.drover/log/npm-node.log" npm install --prefix "$TOOLS" --no-audit --no-fund node@22 npm@11
        fi
        NODE=$(find_node) || fail "Node $MIN_NODE or later could not be had; let PATH contain one"
    fi
    export DROVER_BROWSER_NODE_EXECUTABLE=$NODE
    case $NODE in "$TOOLS"/*) PATH=$TOOLS/node_modules/.bin:$(dirname "$NODE"):$PATH ;; *) PATH=$(dirname "$NODE"):$PATH ;; esac
    export PATH
}

need_packages() {
    local missing=()
    has curl || missing+=(curl)
    has ffmpeg || missing+=(ffmpeg)
    find_headless_shell > /dev/null || missing+=(chromium-headless-shell)
    has_fonts || missing+=(fontconfig fonts-liberation)
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

prepare_server() {
    need_jdk
    need_node
    need_packages
}

need_test_packages() {
    local missing=()
    [ -x /usr/lib/chromium/chromium ] || missing+=(chromium)
    [ -x /usr/lib/firefox-esr/firefox-esr ] || [ -x /usr/lib/firefox/firefox ] || missing+=(firefox-esr)
    has Xtigervnc || missing+=(tigervnc-standalone-server)
    has tigervncpasswd || missing+=(tigervnc-tools)
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
    find_postgres > /dev/null || install_postgres
    find_nginx > /dev/null || fetch_nginx
}

find_nginx() {
    local program
    for program in "$(command -v nginx || true)" /usr/sbin/nginx "$TOOLS/nginx/usr/sbin/nginx"; do
        if [ -x "$program" ]; then
            echo "$program"
            return
        fi
    done
    return 1
}

# The program only, into this folder: Debian's package would start a server on port 80 as it is installed.
fetch_nginx() {
    has apt-get || fail "this machine lacks nginx" "Install it from its packages; only ./drover test needs it."
    may_install && refresh_apt
    say "Fetching nginx from Debian into .drover/tools"
    mkdir -p "$TOOLS/nginx"
    (cd "$TOOLS" && rm -f nginx_*.deb && quietly "$DROVER_HOME/.drover/log/nginx.log" apt-get download nginx && dpkg -x nginx_*.deb nginx)
    find_nginx > /dev/null || fail "Debian's package of nginx has no /usr/sbin/nginx"
}

# The programs only: without this line Debian's package makes and starts a cluster on port 5432.
install_postgres() {
    local settings=/etc/postgresql-common/createcluster.conf
    if may_install && [ ! -e "$settings" ]; then
        as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | as_root tee "$settings" > /dev/null
    fi
    install_packages postgresql
    find_postgres > /dev/null || fail "PostgreSQL's initdb was not found below /usr/lib/postgresql"
}

prepare_tests() {
    prepare_server
    need_test_packages
}

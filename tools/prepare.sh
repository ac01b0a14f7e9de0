# Sourced by ./run and ./test: system libraries and the virtual environment.
# bash, no side effects beyond apt (as root), .venv and messages on standard error.

say() { printf '%s\n' "$*" >&2; }

# have_library SONAME: is it known to the dynamic linker?
have_library() {
    if command -v ldconfig >/dev/null 2>&1; then ldconfig -p | grep -q "[[:space:]]$1 "
    elif [ -x /sbin/ldconfig ]; then /sbin/ldconfig -p | grep -q "[[:space:]]$1 "
    else true; fi
}

# soname:package, the libraries that Qt and VTK load and their wheels do not carry
LIBRARIES="
libglib-2.0.so.0:libglib2.0-0 libGL.so.1:libgl1 libEGL.so.1:libegl1
libxkbcommon.so.0:libxkbcommon0 libfontconfig.so.1:libfontconfig1 libdbus-1.so.3:libdbus-1-3
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0
libXcursor.so.1:libxcursor1 libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1 libcups.so.2:libcups2
"

# need_packages PACKAGE...: install them with apt as root, else print the exact line
need_packages() {
    [ $# -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "bodymap: these Debian packages (or this system's equal) seem to be missing: $*"
        return 0
    fi
    if [ "$(id -u)" -ne 0 ]; then
        say "bodymap: some system libraries are missing. Install them with this line, then start again:"
        say "    sudo apt-get install -y --no-install-recommends $*"
        exit 1
    fi
    say "bodymap: installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2 || true
    apt-get install -y -qq --no-install-recommends "$@" >&2 || {
        say "bodymap: apt could not install: $*"
        exit 1
    }
}

# missing_libraries: the packages of the libraries above that are not there
missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    for pair in $LIBRARIES; do
        have_library "${pair%%:*}" || printf '%s ' "${pair##*:}"
    done
    if [ -z "$(ls /usr/share/fonts/*/* 2>/dev/null | head -n 1)" ]; then printf 'fonts-dejavu-core '; fi
}

# find_python: the first Python 3.11 or newer
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return 0
        fi
    done
    say "bodymap: Python 3.11 or newer is needed and was not found. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"
    exit 1
}

# prepare_environment EXTRAS: .venv with bodymap and the named extras, made anew only when pyproject.toml changed
prepare_environment() {
    python=$(find_python) || exit 1
    wanted="$1 $(cksum <pyproject.toml)"
    if [ -x .venv/bin/python ] && [ "$(cat .venv/bodymap-installed 2>/dev/null)" = "$wanted" ]; then return 0; fi
    if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        say "bodymap: making a virtual environment in .venv (once)"
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            need_packages "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
        fi
        "$python" -m venv --clear .venv || exit 1
    fi
    say "bodymap: installing what it needs into .venv (once; a few minutes)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".$1" >&2 || {
        say "bodymap: pip could not install the packages above; check the network and start again."
        exit 1
    }
    printf '%s' "$wanted" >.venv/bodymap-installed
}

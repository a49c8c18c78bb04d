# Sourced by the commands beside it: finds a Python and runs one of our modules with it.
root=$(dirname "$here")

# A Python of version 3.11 or newer; PYTHON names one by hand.
find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# A tool of the checkout, written for the standard library alone.
run_tool() {
    module=$1
    shift
    if ! python=$(find_python); then
        echo "需要 Python 3.11 或更新版本（可用 PYTHON=路径 指定）。 / Python 3.11 or newer is needed (PYTHON=path names one)." >&2
        exit 1
    fi
    PYTHONPATH="$root" PYTHONDONTWRITEBYTECODE=1 exec "$python" -m "tools.$module" "$@"
}

# A module that needs the installed packages.
run_in_environment() {
    module=$1
    shift
    python="$root/.venv/bin/python"
    if [ ! -x "$python" ]; then
        echo "请先运行 bin/up。 / Run bin/up first." >&2
        exit 1
    fi
    PYTHONPATH="$root/src:$root${PYTHONPATH:+:$PYTHONPATH}" exec "$python" -m "$module" "$@"
}

#!/usr/bin/env bash
# Takes what is to be done (build, demo, python or rocksdb), gives a machine that can do it: system packages that are missing are
# installed through apt-get when this is root or sudo needs no password; else the exact line to run is printed.
# Fails only when the work cannot go on without them. Says nothing and touches no network when nothing is missing.
set -euo pipefail

purpose=${1:-build}

have() { command -v "$1" >/dev/null 2>&1; }

# A C compiler that links: zstd is C, and rustc needs a linker.
have_c_compiler() {
  local out
  have cc || return 1
  out=$(mktemp)
  echo 'int main(void){return 0;}' | cc -x c -o "$out" - >/dev/null 2>&1
  local status=$?
  rm -f "$out"
  return $status
}

have_chinese_font() {
  have fc-list && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ]
}

# bindgen loads libclang and needs the compiler's own headers; it fails only after all the C++ is compiled.
have_libclang() {
  local found=""
  if [ -n "${LIBCLANG_PATH:-}" ]; then return 0; fi
  found=$(compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' || compgen -G '/usr/lib/*/libclang*.so*' || compgen -G '/usr/lib64/libclang*.so*' || true)
  [ -n "$found" ] || return 1
  found=$(compgen -G '/usr/lib/llvm-*/lib/clang/*/include/stddef.h' || compgen -G '/usr/lib/clang/*/include/stddef.h' || compgen -G '/usr/lib64/clang/*/include/stddef.h' || true)
  [ -n "$found" ]
}

libclang_packages() {
  if [ "$(cut -d. -f1 /etc/debian_version 2>/dev/null)" = 12 ]; then
    echo libclang1-14 libclang-common-14-dev
  else
    echo libclang-dev
  fi
}

find_missing() {
  needed=() wanted=()
  have_c_compiler || needed+=(gcc libc6-dev)
  case "$purpose" in
    build) ;;
    demo)
      have dot || wanted+=(graphviz)
      have_chinese_font || wanted+=(fontconfig fonts-noto-cjk)
      ;;
    python)
      # venv alone is there on Debian without ensurepip, which makes a venv's pip.
      python3 -c 'import venv, ensurepip' 2>/dev/null || needed+=(python3 python3-venv)
      ;;
    rocksdb)
      have_libclang || needed+=($(libclang_packages))
      have c++ || needed+=(g++)
      have make || needed+=(make)
      ;;
    *)
      echo "setup: unknown purpose '$purpose'; use build, demo, python or rocksdb" >&2
      exit 2
      ;;
  esac
}

install_packages() {
  local as_root=()
  have apt-get || return 1
  if [ "$(id -u)" != 0 ]; then
    have sudo && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "setup: installing $*" >&2
  "${as_root[@]}" apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

if ! have cargo; then
  echo "setup: cargo is not in PATH. Install a Rust toolchain (1.89 or newer) from https://rustup.rs, then run this again." >&2
  exit 1
fi

find_missing
all=("${needed[@]}" "${wanted[@]}")
[ ${#all[@]} -gt 0 ] || exit 0
install_packages "${all[@]}" || true

find_missing
all=("${needed[@]}" "${wanted[@]}")
[ ${#all[@]} -gt 0 ] || exit 0
echo "setup: could not install ${all[*]} by itself. Run:" >&2
echo "    sudo apt-get install -y --no-install-recommends ${all[*]}" >&2
if [ ${#needed[@]} -gt 0 ]; then
  echo "setup: cannot go on without ${needed[*]}." >&2
  exit 1
fi
echo "setup: going on without ${wanted[*]}; the picture of the graph may be missing or lack Chinese characters." >&2

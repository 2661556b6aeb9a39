# Shared by .ci/run and .ci/extended: runs steps one after the other, keeps going when one fails, says at the end which did.

set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CI=true
results=.cache/ci
mkdir -p "$results"
failed=()
skipped=()

# step <name> <command…>: runs it, with its time.
step() {
  local name=$1 started=$SECONDS status=0
  shift
  printf '\n=== %s\n' "$name"
  "$@" || status=$?
  printf -- '--- %s: %s, %s s\n' "$name" "$([ "$status" -eq 0 ] && echo passed || echo "FAILED with status $status")" "$((SECONDS - started))"
  [ "$status" -eq 0 ] || failed+=("$name")
  return "$status"
}

# skip <what> <reason>
skip() {
  skipped+=("$1: $2")
}

# Debian's packages, installed when a program is missing and we may.
need_package() {
  local program=$1 package=$2
  if command -v "$program" >/dev/null || compgen -G "/usr/lib/$package/*/bin/$program" >/dev/null; then return 0; fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    skip "$package" "not installed, and installing it needs root on Debian"
    return 0
  fi
  [ -n "${apt_updated:-}" ] || apt-get update -q >"$results/apt.log" 2>&1
  apt_updated=1
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$package" >>"$results/apt.log" 2>&1 || {
    tail -n 20 "$results/apt.log"
    return 1
  }
}

# A package without which only the suites of one service are skipped, by name and with the reason.
want_package() {
  need_package "$@" || skip "$2" 'apt-get could not install it: what needs it is skipped by name'
}

# All tests; then those files alone that did not pass, once more. What passes only then is named as unsteady at the end, for
# somebody to mend: a slow machine shall not hide what a whole day's change did, nor stop it.
all_tests() {
  local first=$results/tests.json again=$results/again/tests.json files
  LEXLINE_TEST_RESULTS=$first npm test && return 0
  [ -s "$first" ] || return 1
  mapfile -t files < <(node scripts/test-failures.ts "$first" --files)
  # Nothing to look at again: an error outside of every test. Many: that is no unsteadiness.
  if [ ${#files[@]} -eq 0 ] || [ ${#files[@]} -gt 5 ]; then
    node scripts/test-failures.ts "$first" >"$results/failures.txt"
    return 1
  fi
  printf '\nOnce more, alone: %s\n' "${files[*]}"
  if LEXLINE_TEST_RESULTS=$again npm test -- --maxWorkers=1 "${files[@]}"; then
    node scripts/test-failures.ts "$first" >"$results/unsteady.txt"
  else
    node scripts/test-failures.ts "$first" >"$results/failures.txt"
    return 1
  fi
}

# The last lines: what was skipped, what failed, and the tests added up.
finish() {
  printf '\n=== summary after %s s\n' "$SECONDS"
  local line
  for line in ${skipped[@]+"${skipped[@]}"}; do printf 'skipped %s\n' "$line"; done
  for line in ${failed[@]+"${failed[@]}"}; do printf 'FAILED %s\n' "$line"; done
  compgen -G "$results/tests*.json" >/dev/null && node scripts/test-totals.ts "$results"/tests*.json
  [ -s "$results/unsteady.txt" ] && sed 's/^/UNSTEADY (passed alone) /' "$results/unsteady.txt"
  [ -s "$results/failures.txt" ] && sed 's/^/FAILED /' "$results/failures.txt"
  [ ${#failed[@]} -eq 0 ] || exit 1
}

#!/bin/sh
# Starts the current version of an installation. A version on trial that ends too often, or does not confirm in time
# that it plays, is given up: the previous one is current again, and the player's updater reads which one failed.
# Whoever keeps this (systemd) starts it anew whenever it ends. The names are those of src/update/installation.ts.
set -u

root=${VITRINE_INSTALL:-/opt/vitrine-kiosk}
most_starts=${VITRINE_TRIAL_STARTS:-3}
most_seconds=${VITRINE_TRIAL_SECONDS:-900}
kill_after_seconds=20
export VITRINE_INSTALL="$root"
cd "$root" || exit 1

# Whole or not at all, also when the power goes: written beside, then renamed.
put() {
  printf '%s\n' "$2" >"$1.new" && sync "$1.new" && mv -T "$1.new" "$1" && sync .
}

end_trial() {
  rm -f trial trial-starts
  sync .
}

give_up() {
  way_back=$(readlink previous) && [ -x "$way_back/vitrine-kiosk" ] || return 0
  printf '%s\n' "$1" >>given-up && sync given-up
  ln -sfn "$way_back" current.new && mv -T current.new current && sync .
  end_trial
  echo "Version $1 was not healthy; back to $way_back" >&2
}

trial=$(cat trial 2>/dev/null)
if [ -n "$trial" ] && [ "$(readlink current)" != "versions/$trial" ]; then
  # The power went before the switch, or after the way back.
  end_trial
  trial=
fi
if [ -n "$trial" ]; then
  starts=$(cat trial-starts 2>/dev/null)
  case $starts in '' | *[!0-9]*) starts=0 ;; esac
  if [ "$starts" -ge "$most_starts" ]; then
    give_up "$trial"
  else
    put trial-starts $((starts + 1))
  fi
fi

if [ ! -e trial ]; then
  exec current/vitrine-kiosk "$@"
fi

current/vitrine-kiosk "$@" &
player=$!
trap 'kill -TERM "$player" 2>/dev/null' TERM INT HUP
(
  trap 'exit 0' TERM
  left=$most_seconds
  while [ "$left" -gt 0 ]; do
    sleep 1
    [ -e trial ] || exit 0
    left=$((left - 1))
  done
  put trial-starts "$most_starts"
  kill -TERM "$player"
  sleep "$kill_after_seconds"
  kill -KILL "$player"
) 2>/dev/null &
watch=$!

wait "$player"
code=$?
# A signal ends `wait`, not the player.
while kill -0 "$player" 2>/dev/null; do
  wait "$player"
  code=$?
done
kill -TERM "$watch" 2>/dev/null
exit "$code"

#!/bin/sh
# Makes a Raspberry Pi (Raspberry Pi OS) or a Debian machine a screen of a Vitrine server:
#   sudo sh install.sh --server https://signage.example.com vitrine-kiosk-0.1.0-linux-arm64.tar.gz
# It makes a user who cannot log in, installs a browser and a display server without a desktop, puts the player under
# /opt/vitrine-kiosk, and starts it: the screen ends with a code for pairing. Run again, it mends and updates.
set -eu

install=/opt/vitrine-kiosk
config=/etc/vitrine-kiosk
lib=/usr/local/lib/vitrine-kiosk
user=vitrine
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

server='' archive='' display=auto update_url='' update_key='' channel=stable
start=yes

usage() {
  cat <<'TEXT'
Usage: sudo sh install.sh --server URL [options] ARCHIVE

  --server URL        the Vitrine server
  --display KIND      wayland, x11 or auto (wayland where labwc is to be had)
  --update-url URL    folder of the feeds of updates; without it the player is not updated by itself
  --update-key KEY    public key of the feeds, as printed when they were signed
  --channel NAME      channel of updates, default stable
  --no-start          install only; it starts with the machine
TEXT
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --server | --display | --update-url | --update-key | --channel)
      [ $# -ge 2 ] || fail "$1 needs a value"
      case $1 in
        --server) server=$2 ;;
        --display) display=$2 ;;
        --update-url) update_url=$2 ;;
        --update-key) update_key=$2 ;;
        --channel) channel=$2 ;;
      esac
      shift 2
      ;;
    --no-start) start=no; shift ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; fail "there is no option $1" ;;
    *) archive=$1; shift ;;
  esac
done

[ "$(id -u)" = 0 ] || fail "it needs root: sudo sh install.sh …"
command -v apt-get >/dev/null || fail "this machine has no apt-get: Raspberry Pi OS or Debian is needed"
case $server in
  http://* | https://*) ;;
  *) usage >&2; fail "--server is an address such as https://signage.example.com" ;;
esac
case $server$update_url$update_key$channel in
  *[!A-Za-z0-9:/._~%@+=-]*) fail "addresses, key and channel have no spaces, quotes or signs of a shell" ;;
esac
case $display in wayland | x11 | auto) ;; *) fail "--display is wayland, x11 or auto" ;; esac
if [ -n "$update_url" ] && [ -z "$update_key" ]; then fail "--update-url needs --update-key"; fi
[ -f "$archive" ] || fail "the archive '$archive' is not there"

case $(dpkg --print-architecture) in
  amd64) arch=x64 ;;
  arm64) arch=arm64 ;;
  *) fail "there is no player for $(dpkg --print-architecture): a 64-bit system is needed" ;;
esac
case $archive in *linux-$arch.tar.gz) ;; *) fail "this machine needs the archive that ends with linux-$arch.tar.gz" ;; esac
if [ -f "$archive.sha256" ]; then
  (cd "$(dirname "$archive")" && sha256sum --quiet --check "$(basename "$archive").sha256") ||
    fail "the archive is not what its .sha256 says: fetch it again"
fi

is_to_be_had() { apt-cache show "$1" >/dev/null 2>&1; }

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  if [ "$display" = auto ]; then
    if is_to_be_had labwc; then display=wayland; else display=x11; fi
  fi
  if is_to_be_had chromium; then browser=chromium; else browser=chromium-browser; fi
  if [ "$display" = wayland ]; then
    set -- labwc seatd wlr-randr
  else
    set -- xserver-xorg-core xserver-xorg-video-fbdev xserver-xorg-input-libinput x11-xserver-utils xauth
  fi
  # cec-ctl, for televisions, is in v4l-utils; polkit lets the player restart the machine.
  apt-get install -y -qq --no-install-recommends \
    "$browser" v4l-utils fonts-noto-core ca-certificates dbus polkitd adduser "$@"
}

make_user() {
  getent passwd "$user" >/dev/null ||
    adduser --system --group --home /var/lib/vitrine-kiosk --no-create-home --shell /usr/sbin/nologin "$user"
  for group in video render audio input; do
    if getent group "$group" >/dev/null; then adduser --quiet "$user" "$group"; fi
  done
}

# Under versions/, with the link `current` set last: cut anywhere, what runs is whole.
put_player() {
  mkdir -p "$install/versions" "$lib"
  rm -rf "$install/versions"/.new.*
  unpacked=$(mktemp -d "$install/versions/.new.XXXXXX")
  tar -xzf "$archive" --no-same-owner -C "$unpacked"
  version=$(cat "$unpacked/VERSION")
  case $version in *[!0-9.]* | '') fail "the archive has no version" ;; esac
  rm -rf "$install/versions/$version"
  chmod 755 "$unpacked"
  mv "$unpacked" "$install/versions/$version"
  rm -f "$install/trial" "$install/trial-starts" "$install/given-up"
  ln -sfn "versions/$version" "$install/current.new"
  mv -T "$install/current.new" "$install/current"
  chown -R "$user:$user" "$install"
  install -m 755 "$here/launcher.sh" "$lib/launcher.sh"
  sync
}

# A setting that a person made stays; what this was told is written anew.
put_config() {
  mkdir -p "$config/labwc"
  touch "$config/kiosk.env"
  set_line VITRINE_SERVER "$server"
  set_line VITRINE_INSTALL "$install"
  set_line VITRINE_KIOSK_SHELL chromium
  set_line VITRINE_UPDATE_CHANNEL "$channel"
  if [ -n "$update_url" ]; then
    set_line VITRINE_UPDATE_URL "$update_url"
    set_line VITRINE_UPDATE_KEY "$update_key"
  fi
  if [ "$display" = wayland ]; then
    set_line XDG_RUNTIME_DIR /run/vitrine-display
    set_line WAYLAND_DISPLAY wayland-0
    sed -i -e '/^DISPLAY=/d' -e '/^XAUTHORITY=/d' "$config/kiosk.env"
  else
    set_line DISPLAY :0
    set_line XAUTHORITY /run/vitrine-display/authority
    sed -i -e '/^WAYLAND_DISPLAY=/d' -e '/^XDG_RUNTIME_DIR=/d' "$config/kiosk.env"
  fi
  chmod 640 "$config/kiosk.env"
  chgrp "$user" "$config/kiosk.env"
  cat >"$config/labwc/rc.xml" <<'XML'
<?xml version="1.0"?>
<labwc_config>
  <keyboard></keyboard>
  <mouse></mouse>
  <windowRules><windowRule identifier="*" serverDecoration="no" /></windowRules>
</labwc_config>
XML
  : >"$config/labwc/menu.xml"
}

set_line() {
  if grep -q "^$1=" "$config/kiosk.env"; then
    sed -i "s|^$1=.*|$1=$2|" "$config/kiosk.env"
  else
    printf '%s=%s\n' "$1" "$2" >>"$config/kiosk.env"
  fi
}

put_services() {
  install -m 644 "$here/vitrine-kiosk.service" /etc/systemd/system/vitrine-kiosk.service
  install -m 644 "$here/vitrine-display-$display.service" /etc/systemd/system/vitrine-display.service
  sed -i '/^Alias=/d' /etc/systemd/system/vitrine-display.service
  # Restarting the machine from the dashboard, and nothing else.
  mkdir -p /etc/polkit-1/rules.d
  cat >/etc/polkit-1/rules.d/50-vitrine-kiosk.rules <<'RULES'
polkit.addRule(function (action, subject) {
  if (action.id === "org.freedesktop.login1.reboot" && subject.user === "vitrine") return polkit.Result.YES;
});
RULES
  # No other programs on the glass.
  mkdir -p /etc/chromium/policies/managed
  cat >/etc/chromium/policies/managed/vitrine-kiosk.json <<'JSON'
{
  "BookmarkBarEnabled": false,
  "BrowserSignin": 0,
  "DownloadRestrictions": 3,
  "ExternalProtocolDialogShowAlwaysOpenCheckbox": false,
  "PasswordManagerEnabled": false,
  "PrintingEnabled": false,
  "TaskManagerEndProcessEnabled": false,
  "TranslateEnabled": false,
  "URLBlocklist": ["file://*", "chrome://*", "devtools://*", "view-source:*", "javascript://*"]
}
JSON
  # Enabling works in an image that is being made, too; starting needs the machine itself.
  systemctl set-default --quiet graphical.target
  systemctl enable --quiet vitrine-display.service vitrine-kiosk.service
  if [ "$display" = wayland ]; then systemctl enable --quiet seatd.service; fi
  if [ -d /run/systemd/system ] && [ "$start" = yes ]; then
    systemctl daemon-reload
    if [ "$display" = wayland ]; then systemctl start seatd.service; fi
    systemctl restart vitrine-display.service vitrine-kiosk.service
  fi
}

echo "Installing packages …"
install_packages
make_user
put_player
put_config
put_services
echo "Vitrine player $version is installed for $server ($display)."
if [ "$start" = yes ]; then echo "The screen shows a code: enter it in the dashboard under Screens."; fi

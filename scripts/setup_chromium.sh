#!/usr/bin/env bash
# The browser of the journeys: the system's Chromium, installed where this user may install packages.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null && exit 0; done
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  echo "rembug: installing Chromium for the browser journeys" >&2
  "${as_root[@]}" apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
  echo "rembug: no Chromium here. Browser journeys will be skipped. Run: apt-get install chromium" >&2
fi

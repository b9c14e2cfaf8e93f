#!/bin/sh
# Within a Debian that has nothing but apt: installs the package, tries it, and takes it away again.
set -eu
root=${1:?usage: clean-root.sh ROOT DEB}
deb=${2:?usage: clean-root.sh ROOT DEB}
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
files() {
  (cd "$root" && find . \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./var/lib/dpkg \
    -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt -o -path ./run -o -path ./root \) -prune -o -print | sort)
}
complain() { echo "clean root: $1"; exit 1; }

if files | grep -i swift; then complain 'there is Swift in it'; fi
cp "$deb" "$root/tmp/backstep.deb"
# Nobody will start this system again: nothing has to be safe on the disk.
echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/not-kept"
# Its dependencies, and then it alone: dpkg by itself loads nothing.
dependencies=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/(.*)//; s/|.*//')
# shellcheck disable=SC2086
inside apt-get install -qq -y --no-install-recommends $dependencies >/dev/null
before=$(files)
inside dpkg -i /tmp/backstep.deb >/dev/null || complain 'dpkg does not take it'

same() { [ "$2" = "$3" ] || complain "$1: $2, not $3"; }
same version "$(inside backstep --version)" "backstep $(dpkg-deb -f "$deb" Version | sed 's/-[^-]*$//')"
same 'a formula' "$(inside backstep -e 'w1=-2, w2=5, w3=-4' -e 'f = (w1+w2)*w3' -e 'grad w1' | tail -n 1)" -4
inside backstep lesson 5 --script > "$root/tmp/lesson" || complain 'lesson 5 does not play'
[ -s "$root/tmp/lesson" ] || complain 'lesson 5 says nothing'
inside backstep check /usr/share/backstep/lessons || complain 'its lessons are wrong'
inside backstep sheet Q2 --seed 7 >/dev/null || complain 'it has no problems'
for page in man1/backstep.1 man5/backstep-lesson.5 man5/backstep-problem.5; do
  inside gzip -t "/usr/share/man/$page.gz" || complain "there is no $page"
done
for file in bash-completion/completions/backstep zsh/vendor-completions/_backstep \
  fish/vendor_completions.d/backstep.fish; do
  inside test -s "/usr/share/$file" || complain "there is no $file"
done
if inside ldd /usr/bin/backstep | grep 'not found'; then complain 'a library is missing'; fi

inside dpkg -r backstep >/dev/null || complain 'dpkg does not take it away'
files > "$root/tmp/after"
printf '%s\n' "$before" | diff - "$root/tmp/after" || complain 'it leaves something behind'
echo 'clean root: good'

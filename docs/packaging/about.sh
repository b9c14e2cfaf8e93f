# What every packaging script has to know; it is read by them with `.` from the package's folder.
LC_ALL=C
export LC_ALL
umask 022
[ -f Package.swift ] || { echo 'This has to be started in the folder of Package.swift.' >&2; exit 2; }

# The version stands in the program; the day it was made stands behind it in the change log.
version=$(sed -n 's/^ *static let number = "\(.*\)"$/\1/p' Sources/backstep/Version.swift)
day=$(sed -n "s/^## $version (\([0-9-]*\))\$/\1/p" docs/CHANGELOG.md)
if [ -z "$version" ] || [ -z "$day" ]; then
  echo "docs/CHANGELOG.md has no heading \"## $version (YEAR-MONTH-DAY)\" for the program's version." >&2
  exit 1
fi

# All times in archives are this one, so that what is made twice is the same twice.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date -u -d "$day" +%s 2>/dev/null || date -u -j -f %Y-%m-%d "$day" +%s)}
export SOURCE_DATE_EPOCH

maintainer='The backstep authors <backstep@lists.invalid>'

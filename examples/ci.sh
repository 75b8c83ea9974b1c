#!/usr/bin/env sh
# Any CI: run every case, keep the reports, pass on the exit status (0 fine, 1 findings, 2 wrong usage, 3 incomplete).
set -u
reports=${REPORTS:-reports}
mkdir -p "$reports"
consistency ci --output "$reports/consistency.html" --output "$reports/consistency.sarif" \
  --output "$reports/consistency.xml" "$@"
status=$?
case $status in
  0) echo "consistent, as far as it could be checked" ;;
  1) echo "findings: see $reports/consistency.html" ;;
  3) echo "INCOMPLETE: something could not be checked; this is no pass" ;;
  *) echo "wrong usage or configuration" ;;
esac
exit "$status"

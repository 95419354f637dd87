#!/usr/bin/env bash
# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
#
# Reconstructs the evaluation pictures of one category and checks the medians: build-support/score.sh car
# Wants ../shared and a python with numpy, scipy and PIL (PYTHON, else Debian's).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
category=${1:?name a category}
shared=$(cd ../shared && pwd -P)
python=${PYTHON:-/usr/bin/python3}
work=$PWD/target/score/$category
rm -rf "$work"
mkdir -p "$work/photos" "$work/gt" "$work/gt-pictures"
ln -s "$shared/photos/$category" "$work/photos/$category"
ln -s "$shared/gt/$category" "$work/gt/$category"

./inverso reconstruct "$work/photos/$category"/*.jpg -o "$work/out-photos"
while IFS=$'\t' read -r picture name; do
  cp "$picture" "$work/gt-pictures/$name.${picture##*.}"
done < <("$python" "$shared/eval/score.py" "$work/gt" --list)
./inverso reconstruct "$work/gt-pictures"/* -o "$work/out-gt"

"$python" "$shared/eval/score.py" "$work/photos" "$work/out-photos" --jobs 2 --json "$work/photos.json"
"$python" "$shared/eval/score.py" "$work/gt" "$work/out-gt" --jobs 2 --json "$work/gt.json"
"$python" - "$work" <<'PYTHON'
import json, statistics, sys
ok = True
for which, key, limit, least in (
    ("photos", "iou", 0.85, True),
    ("gt", "iou", 0.80, True),
    ("gt", "az_err", 20.0, False),
    ("gt", "nv_iou", 0.75, True),
):
    rows = json.load(open(f"{sys.argv[1]}/{which}.json"))["rows"]
    median = statistics.median(row[key] for row in rows)
    good = median >= limit if least else median <= limit
    ok &= good
    print(f"{'ok' if good else 'MISSED'}: {which} median {key} {median:.3f}, wanted {'>=' if least else '<='} {limit}")
sys.exit(0 if ok else 1)
PYTHON

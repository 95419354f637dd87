#!/usr/bin/env bash
# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
#
# Reconstructs the evaluation pictures of one category and checks the medians against goals and floors: build-support/score.sh car
# Options after the category are those of reconstruct: build-support/score.sh car --refine-ms 0
# Wants ../shared and a python with numpy, scipy and PIL (PYTHON, else Debian's).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
category=${1:?name a category}
shift
shared=$(cd ../shared && pwd -P)
python=${PYTHON:-/usr/bin/python3}
work=$PWD/target/score/$category
rm -rf "$work"
mkdir -p "$work/photos" "$work/gt" "$work/gt-pictures"
ln -s "$shared/photos/$category" "$work/photos/$category"
ln -s "$shared/gt/$category" "$work/gt/$category"

# What is refused has no result, and counts as a miss.
./inverso reconstruct "$@" "$work/photos/$category"/*.jpg -o "$work/out-photos" || true
while IFS=$'\t' read -r picture name; do
  cp "$picture" "$work/gt-pictures/$name.${picture##*.}"
done < <("$python" "$shared/eval/score.py" "$work/gt" --list)
./inverso reconstruct "$@" "$work/gt-pictures"/* -o "$work/out-gt" || true

"$python" "$shared/eval/score.py" "$work/photos" "$work/out-photos" --jobs 2 --json "$work/photos.json"
"$python" "$shared/eval/score.py" "$work/gt" "$work/out-gt" --jobs 2 --json "$work/gt.json"
"$python" - "$work" "$category" <<'PYTHON'
import json, statistics, sys
ok = True
# figure: goal, floor below which a change has broken something
limits = {
    "car": {("photos", "iou"): (0.93, 0.93), ("gt", "iou"): (0.93, 0.93), ("gt", "az_err"): (8, 8), ("gt", "nv_iou"): (0.85, 0.85)},
    "horse": {("photos", "iou"): (0.88, 0.8), ("gt", "iou"): (0.88, 0.88), ("gt", "az_err"): (15, 15), ("gt", "nv_iou"): (0.72, 0.65)},
    "bird": {("photos", "iou"): (0.88, 0.8), ("gt", "iou"): (0.88, 0.85), ("gt", "az_err"): (20, 25), ("gt", "nv_iou"): (0.60, 0.3)},
}[sys.argv[2]]
for (which, key), (goal, floor) in limits.items():
    rows = json.load(open(f"{sys.argv[1]}/{which}.json"))["rows"]
    median = statistics.median(row[key] for row in rows)
    reaches = (lambda limit: median <= limit) if key == "az_err" else (lambda limit: median >= limit)
    ok &= reaches(floor)
    word = "goal reached" if reaches(goal) else "below the goal" if reaches(floor) else "BROKEN"
    print(f"{word}: {which} median {key} {median:.3f}, goal {goal}, floor {floor}")
sys.exit(0 if ok else 1)
PYTHON

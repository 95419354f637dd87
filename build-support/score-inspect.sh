#!/usr/bin/env bash
# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
#
# Segmenter and recognizer alone: median IoU of the mattes of photos and of rendered views of models with their masks, how
# many photos are recognised, and how many photos of other things are refused. Wants ../shared and a python with numpy and PIL.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
shared=$(cd ../shared && pwd -P)
python=${PYTHON:-/usr/bin/python3}
work=$PWD/target/inspect
rm -rf "$work"
mkdir -p "$work/backgrounds"
tar xf "$shared/data/backgrounds.tar" -C "$work/backgrounds"
sets=()
for category in car horse bird; do
  mkdir -p "$work/photos/$category" "$work/gt/$category"
  cp "$shared/photos/$category"/*.jpg "$work/photos/$category"
  for view in "$shared/gt/$category"/*/view?.jpg; do
    cp "$view" "$work/gt/$category/$(basename "$(dirname "$view")")_$(basename "$view")"
  done
  sets+=("$work/photos/$category" "$work/gt/$category")
done
for set in "${sets[@]}"; do
  ./inverso inspect "$set"/*.jpg -o "$set/cut" >"$set.txt" 2>&1 || true
done
find "$work/backgrounds" -type f -print0 | sort -z | xargs -0 ./inverso inspect >"$work/backgrounds.txt" 2>&1 || true

"$python" - "$work" "$shared" <<'PYTHON'
import os, re, statistics, sys
import numpy as np
from PIL import Image

work, shared = sys.argv[1:]


def confidences(file):
    """Of each photo; none for those in which nothing stands out."""
    found = {}
    for line in open(file):
        photo, _, rest = line.partition(": ")
        found[os.path.basename(photo)] = {k: float(v) for k, v in re.findall(r"(\w+) (\d\.\d+)", rest.split(";")[0])}
    return found


def iou(cutout, mask):
    mask = Image.open(mask).convert("L")
    if not os.path.exists(cutout):
        return 0.0
    found = np.asarray(Image.open(cutout).convert("RGBA").getchannel("A").resize(mask.size)) > 127
    truth = np.asarray(mask) > 127
    return (found & truth).sum() / max(1, (found | truth).sum())


lowest = 1.0
everything = []
for category in ("car", "horse", "bird"):
    for which in ("photos", "gt"):
        folder = f"{work}/{which}/{category}"
        said = confidences(folder + ".txt")
        rows = []
        for photo in sorted(f for f in os.listdir(folder) if f.endswith(".jpg")):
            name = photo[:-4]
            if which == "photos":
                mask = f"{shared}/photos/{category}/{name}_mask.png"
            else:
                model, view = name.rsplit("_", 1)
                mask = f"{shared}/gt/{category}/{model}/{view}_mask.png"
            own = said.get(photo, {})
            known = {k: v for k, v in own.items() if k != "none"}
            right = bool(known) and max(known, key=known.get) == category
            rows.append((iou(f"{folder}/cut/{name}.png", mask), right, own.get(category, 0.0), name))
        if which == "photos":
            lowest = min([lowest] + [r[2] for r in rows])
            everything += [r[0] for r in rows]
        print(f"{which:6} {category:5} mask IoU median {statistics.median(r[0] for r in rows):.3f}, "
              f"recognised {sum(r[1] for r in rows)} of {len(rows)}")
        for r in sorted(rows)[:3]:
            print(f"         worst mask {r[0]:.3f} {r[3]}")
        for r in rows:
            if not r[1]:
                print(f"         taken for something else: {r[3]} {said.get(r[3] + '.jpg')}")
print(f"photos all   mask IoU median {statistics.median(everything):.3f}; least confidence in what it is {lowest:.3f}")
best = [max([v for k, v in c.items() if k != "none"], default=0.0) for c in confidences(f"{work}/backgrounds.txt").values()]
for threshold in (lowest, 0.1, 0.2, 0.3, 0.4, 0.5):
    print(f"other things refused at the threshold {threshold:.3f}: {100 * sum(b < threshold for b in best) / len(best):.1f} % of {len(best)}")
PYTHON

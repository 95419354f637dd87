#!/usr/bin/env bash
# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
#
# Reconstructs photos in all formats and opens the results in the programs of others: build-support/check-assets.sh [PHOTO...]
# Without photos, all of ../shared/photos, where the folder names the category. GLB and glTF pass Khronos' validator without an
# error or a warning; OpenUSD composes USDA and USDZ; Blender imports GLB and OBJ and renders them; three.js in Chromium draws GLB
# and viewer with the same silhouette as Inverso. Results stay in target/check-assets. Wants node with npm, blender and chromium.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
work=target/check-assets
rm -rf "$work"
mkdir -p "$work" target/node
cp build-support/package.json target/node/
npm install --silent --no-audit --no-fund --no-package-lock --prefix target/node
# What is refused has nothing to check; the others are checked all the same.
status=0
formats=(--format glb,gltf,usdz,usda,obj,ply,stl --viewer --poster -o "$work")
if (($#)); then
  ./inverso reconstruct "$@" "${formats[@]}" || status=1
else
  for category in car horse bird; do
    ./inverso reconstruct ../shared/photos/"$category"/*.jpg --category "$category" "${formats[@]}" || status=1
  done
fi
compgen -G "$work/*.glb" >/dev/null || exit 1
bases=()
for glb in "$work"/*.glb; do bases+=("${glb%.glb}"); done
node build-support/validate-glb.mjs "${bases[@]/%/.glb}" "${bases[@]/%/.gltf}" || status=1
node build-support/check-usd.mjs "${bases[@]/%/.usdz}" "${bases[@]/%/.usda}" || status=1
blender --background --factory-startup --python build-support/check-blender.py -- "${bases[@]/%/.glb}" \
  >"$work/blender.log" 2>&1 || status=1
sed -n 's/^check: //p' "$work/blender.log"
node build-support/check-browser.mjs "${bases[@]}" || status=1
exit "$status"

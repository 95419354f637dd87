// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Opens USDZ and USDA files in OpenUSD: node build-support/check-usd.mjs FILE...
// Each is composed with every one of its variants. Fails when OpenUSD reports an error, when a material is bound that
// does not exist, or when a clip moves nothing. Wants the npm package three-usdz-loader, which carries OpenUSD as
// WebAssembly, under target/node. That build knows neither UsdSkel nor UsdPhysics; it parses and composes them.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, '..', 'target', 'node', 'index.js'));
const folder = dirname(require.resolve('three-usdz-loader/external/emHdBindings.js'));

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('check-usd: name at least one file');
  process.exit(2);
}

// What the module says about plugins that were left out of it, UsdPhysics among them, concerns no file.
const said = [];
const listen = (...words) => {
  const line = words.join(' ');
  if (/Error|Warning/.test(line) && !/plugin|kilogramsPerUnit/i.test(line)) said.push(line);
};

delete globalThis.fetch;
globalThis.location = { pathname: '/', href: '' };
const usd = await require('three-usdz-loader/external/emHdBindings.js')({
  wasmBinary: readFileSync(join(folder, 'emHdBindings.wasm')),
  getPreloadedPackage: () => new Uint8Array(readFileSync(join(folder, 'emHdBindings.data'))).buffer,
  locateFile: (file) =>
    file.endsWith('.worker.js') ? join(here, 'openusd-worker.cjs') : join(folder, basename(file)),
  print: listen,
  printErr: listen,
});

const nothing = new Proxy({}, { get: () => () => undefined });

/** The stage of a file as text, composed and flattened. */
function flatten(name) {
  let points = 0;
  const driver = new usd.HdWebSyncDriver(
    {
      createRPrim: () =>
        new Proxy(
          { updatePoints: (p) => (points += p.length / 3) },
          { get: (prim, key) => prim[key] ?? (() => undefined) },
        ),
      createBPrim: () => nothing,
      createSPrim: () => nothing,
      CommitResources: () => undefined,
    },
    name,
  );
  driver.Draw();
  const stage = driver.GetStage();
  const text = stage.ExportToString();
  return { text, points, end: stage.GetEndTimeCode(), driver };
}

function check(file, index) {
  const problems = [];
  said.length = 0;
  const name = `${index}.${file.split('.').pop()}`;
  usd.FS.createDataFile('/', name, new Uint8Array(readFileSync(file)), true, true, true);
  const { text, points, end } = flatten(name);
  const count = (type) => (text.match(new RegExp(`^ *def ${type} "`, 'gm')) ?? []).length;
  const root = /defaultPrim = "(\w+)"/.exec(text)?.[1];
  if (!root) problems.push('there is no default prim');

  const source = file.endsWith('.usda') ? readFileSync(file, 'utf8') : readFileSync(file, 'latin1');
  const sets = [...source.matchAll(/^    variantSet "(\w+)" = \{\n((?:        .*\n|\n)*)    \}/gm)].map((m) => ({
    set: m[1],
    variants: [...m[2].matchAll(/^        "(\w+)" \{/gm)].map((v) => v[1]),
  }));
  let composed = 0;
  for (const { set, variants } of sets) {
    for (const variant of variants) {
      const layer = `${index}-${set}-${variant}.usda`;
      const over = `#usda 1.0\n(\n    defaultPrim = "${root}"\n    subLayers = [@${name}@]\n)\nover "${root}" (\n    variants = {\n        string ${set} = "${variant}"\n    }\n)\n{\n}\n`;
      usd.FS.createDataFile('/', layer, new TextEncoder().encode(over), true, true, true);
      const chosen = flatten(layer).text;
      composed++;
      if (set === 'clip' && variant !== 'photo' && !/\.timeSamples|skel:animationSource/.test(chosen)) {
        problems.push(`the clip ${variant} moves nothing`);
      }
      problems.push(...unbound(chosen).map((path) => `${set} ${variant}: no material ${path}`));
    }
  }
  problems.push(...unbound(text).map((path) => `no material ${path}`));
  problems.push(...said);
  console.log(
    `${file}: ${count('Mesh')} meshes, ${points} points drawn, ${count('Material')} materials, ` +
      `${count('Skeleton')} skeletons, ${end} time codes, ${composed} variants, ${problems.length} problems`,
  );
  problems.slice(0, 20).forEach((problem) => console.log(`  ${problem}`));
  return problems.length;
}

/** Materials that surfaces refer to, but that are not there. */
function unbound(text) {
  const path = [];
  const materials = new Set();
  for (const line of text.split('\n')) {
    const prim = /^( *)(?:def|over|class)(?: (\w+))? "([^"]+)"/.exec(line);
    if (prim) {
      path.length = prim[1].length / 4;
      path.push(prim[3]);
      if (prim[2] === 'Material') materials.add(`/${path.join('/')}`);
    }
  }
  const bound = [...text.matchAll(/material:binding(?::\w+)? = <([^>]+)>/g)].map((m) => m[1]);
  return [...new Set(bound)].filter((target) => !materials.has(target));
}

const bad = files.filter((file, index) => check(file, index) > 0).length;
// Its threads would go on waiting.
process.exit(bad > 0 ? 1 : 0);

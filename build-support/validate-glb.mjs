// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Khronos' validator on GLB and glTF files: node build-support/validate-glb.mjs FILE...
// Fails when a file has an error or a warning. Wants the npm package gltf-validator under target/node.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const validator = createRequire(join(root, 'target', 'node', 'index.js'))('gltf-validator');

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('validate-glb: name at least one file');
  process.exit(2);
}
let bad = 0;
for (const file of files) {
  const report = await validator.validateBytes(new Uint8Array(readFileSync(file)), {
    uri: file,
    maxIssues: 20,
    externalResourceFunction: async (uri) => new Uint8Array(readFileSync(join(dirname(file), decodeURIComponent(uri)))),
  });
  const { numErrors, numWarnings, messages } = report.issues;
  console.log(`${file}: ${numErrors} errors, ${numWarnings} warnings`);
  if (numErrors + numWarnings > 0) {
    bad++;
    for (const m of messages.filter((m) => m.severity < 2)) {
      console.log(`  ${m.code} ${m.pointer ?? ''}: ${m.message}`);
    }
  }
}
process.exit(bad > 0 ? 1 : 0);

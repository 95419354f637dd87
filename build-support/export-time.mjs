// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// How long exporters take, by reports of photos that one process made: node build-support/export-time.mjs REPORT.json...
// Medians in milliseconds. Formats are written side by side, so all of them together take less than the sum.

import { readFileSync } from 'node:fs';

const reports = process.argv.slice(2);
if (reports.length === 0) {
  console.error('export-time: name at least one report');
  process.exit(2);
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const times = new Map();
const sums = [];
for (const report of reports) {
  const exporters = JSON.parse(readFileSync(report, 'utf8')).stages.filter((stage) => stage.kind === 'exporter');
  exporters.forEach(({ id, millis }) => times.set(id, [...(times.get(id) ?? []), millis]));
  sums.push(exporters.reduce((sum, { millis }) => sum + millis, 0));
}
for (const [id, values] of times) console.log(`${id}: ${median(values).toFixed(0)} ms`);
console.log(`sum: ${median(sums).toFixed(0)} ms, of ${reports.length} photos`);

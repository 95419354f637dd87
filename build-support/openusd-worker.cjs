// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// A thread of OpenUSD for check-usd.mjs. The module was built for browsers and looks for what they have.

const { readFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');

const folder = dirname(
  require.resolve('three-usdz-loader/external/emHdBindings.js', {
    paths: [join(__dirname, '..', 'target', 'node')],
  }),
);
delete globalThis.fetch;
globalThis.location = { pathname: '/', href: '' };
globalThis.XMLHttpRequest = class {
  open(method, url) {
    this.url = url;
  }
  send() {
    setTimeout(() => {
      this.response = new Uint8Array(readFileSync(join(folder, basename(this.url)))).buffer;
      this.status = 200;
      this.onload({});
    }, 0);
  }
};
require(join(folder, 'emHdBindings.worker.js'));

// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// A headless Chromium with a page that has three.js and one GLB file at /asset.glb; for the scripts beside this one.
// Wants a build of org.inverso.export.viewer (for three.js), the npm package puppeteer-core under target/node, and
// Chromium (CHROMIUM names another one).

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const three = join(root, 'bundles/org.inverso.export.viewer/target/classes/org/inverso/export/viewer/internal/three');
const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export class ThreeInBrowser {
  /**
   * @param script a module; it imports 'three' and, from /three/, the loaders and controls that the viewer has too
   */
  static async start(script) {
    const puppeteer = createRequire(join(root, 'target', 'node', 'index.js'))('puppeteer-core');
    const own = new ThreeInBrowser();
    own.page = `<!DOCTYPE html><title>GLB</title><body style="margin:0">
<script type="importmap">{"imports": {"three": "/three/build/three.module.min.js"}}</script>
<script type="module">${script}</script>`;
    own.server = createServer((request, response) => own.answer(new URL(request.url, 'http://localhost').pathname, response));
    await new Promise((listening) => own.server.listen(0, '127.0.0.1', listening));
    own.address = `http://127.0.0.1:${own.server.address().port}/`;
    own.browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM ?? CHROMIUMS.find(existsSync),
      headless: true,
      protocolTimeout: 600_000,
      args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
    });
    return own;
  }

  answer(path, response) {
    if (path === '/') {
      response.setHeader('Content-Type', 'text/html').end(this.page);
    } else if (path === '/asset.glb') {
      response.end(readFileSync(this.asset));
    } else if (path.startsWith('/three/') && existsSync(join(three, basename(path)))) {
      response.setHeader('Content-Type', 'text/javascript').end(readFileSync(join(three, basename(path))));
    } else {
      response.writeHead(404).end();
    }
  }

  /** A tab; what goes wrong in it is added to the problems. */
  async tab(problems) {
    const tab = await this.browser.newPage();
    tab.setDefaultTimeout(300_000);
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) problems.push(message.text());
    });
    return tab;
  }

  /** A tab with the page, for a GLB file. */
  async show(glb, problems) {
    this.asset = glb;
    const tab = await this.tab(problems);
    await tab.goto(this.address, { waitUntil: 'load' });
    await tab.waitForFunction('window.ready');
    return tab;
  }

  async close() {
    // A browser that has crashed is closed already.
    await this.browser.close().catch(() => undefined);
    this.server.close();
  }
}

/** The bytes of a data URL. */
export function bytes(url) {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

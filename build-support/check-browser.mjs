// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// Assets in a browser: node build-support/check-browser.mjs BASE...
// For each BASE, three.js draws BASE.glb, and the page BASE.html draws its own, both with the camera of the report
// BASE.json. Their silhouettes are compared with that of BASE.poster.png, which Inverso drew itself. The page is opened
// from the disk and must ask for nothing else, and each of its clips, looks and views is chosen once.
// Pictures are left beside the assets: BASE.three.png, BASE.viewer.png.
// What it wants is told in three-in-browser.mjs.

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bytes, ThreeInBrowser } from './three-in-browser.mjs';

const ENOUGH = 0.98;
const LONGEST = 1024;

const bases = process.argv.slice(2).map((base) => resolve(base));
if (bases.length === 0) {
  console.error('check-browser: name at least one asset, without extension');
  process.exit(2);
}

const script = `
import * as THREE from 'three';
import { GLTFLoader } from '/three/loaders/GLTFLoader.js';
import { RoomEnvironment } from '/three/environments/RoomEnvironment.js';
window.draw = async (camera, width, height) => {
  const renderer = new THREE.WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
  renderer.setSize(width, height);
  renderer.setClearColor(0, 0);
  renderer.toneMapping = THREE.NeutralToneMapping;
  document.body.append(renderer.domElement);
  const scene = new THREE.Scene();
  scene.environment = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;
  const gltf = await new GLTFLoader().loadAsync('/asset.glb');
  scene.add(gltf.scene);
  const eye = new THREE.Camera();
  eye.matrixAutoUpdate = false;
  eye.matrix.fromArray(camera.viewMatrix).invert();
  eye.matrixWorldNeedsUpdate = true;
  eye.projectionMatrix.fromArray(camera.projectionMatrix);
  eye.projectionMatrixInverse.copy(eye.projectionMatrix).invert();
  renderer.render(scene, eye);
  const meshes = [];
  gltf.scene.traverse((o) => o.isMesh && meshes.push(o));
  return { picture: renderer.domElement.toDataURL(), meshes: meshes.length, clips: gltf.animations.map((a) => a.name) };
};
window.ready = true;
`;

/** Runs in a page: share of pixels that two pictures both show, of those that either shows. */
async function iou(one, other) {
  const masks = [];
  let width;
  let height;
  for (const url of [one, other]) {
    const image = new Image();
    image.src = url;
    await image.decode();
    width ??= image.naturalWidth;
    height ??= image.naturalHeight;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0, width, height);
    masks.push(context.getImageData(0, 0, width, height).data);
  }
  let both = 0;
  let either = 0;
  for (let i = 3; i < masks[0].length; i += 4) {
    const a = masks[0][i] > 25;
    const b = masks[1][i] > 25;
    both += a && b;
    either += a || b;
  }
  return both / either;
}

/** Runs in the viewer: the asset alone, on transparent ground, with the camera of a report. */
function drawInViewer(camera, width, height) {
  const { renderer, scene, ground, camera: own, stop } = window.viewer;
  stop();
  renderer.setPixelRatio(1);
  renderer.setSize(width, height);
  renderer.setClearAlpha(0);
  scene.background = null;
  ground.visible = false;
  own.matrixAutoUpdate = false;
  own.matrix.fromArray(camera.viewMatrix).invert();
  own.matrixWorldNeedsUpdate = true;
  own.projectionMatrix.fromArray(camera.projectionMatrix);
  own.projectionMatrixInverse.copy(own.projectionMatrix).invert();
  renderer.render(scene, own);
  return renderer.domElement.toDataURL();
}

async function check(base, browser) {
  const problems = [];
  const report = JSON.parse(readFileSync(`${base}.json`, 'utf8'));
  const scale = LONGEST / Math.max(report.input.width, report.input.height);
  const width = Math.round(scale * report.input.width);
  const height = Math.round(scale * report.input.height);
  const poster = `data:image/png;base64,${readFileSync(`${base}.poster.png`).toString('base64')}`;

  const plain = await browser.show(`${base}.glb`, problems);
  const drawn = await plain.evaluate((camera, w, h) => window.draw(camera, w, h), report.camera, width, height);
  writeFileSync(`${base}.three.png`, bytes(drawn.picture));
  const plainIou = await plain.evaluate(iou, drawn.picture, poster);
  await plain.close();
  if (!(plainIou >= ENOUGH)) problems.push(`three.js draws another silhouette: IoU ${plainIou.toFixed(4)}`);
  if (drawn.clips.join() !== report.clips.join()) problems.push(`clips are ${drawn.clips}, not ${report.clips}`);

  const viewer = await browser.tab(problems);
  viewer.on('request', (request) => {
    if (!/^(data|blob|file):/.test(request.url())) problems.push(`the viewer asks for ${request.url()}`);
  });
  await viewer.goto(pathToFileURL(`${base}.html`).href, { waitUntil: 'load' });
  await viewer.waitForFunction("document.body.dataset.ready === 'true'");
  const options = await viewer.evaluate(() => {
    const chosen = {};
    for (const select of document.querySelectorAll('select')) {
      chosen[select.title] = [...select.options].map((option) => option.value);
      for (const value of [...chosen[select.title].slice(1), chosen[select.title][0]]) {
        select.value = value;
        select.dispatchEvent(new Event('change'));
      }
    }
    return chosen;
  });
  if ((options.clip ?? []).slice(1).join() !== report.clips.join()) problems.push(`the viewer offers the clips ${options.clip}`);
  // Looks are put on as soon as their materials are there.
  await viewer.evaluate(() => window.viewer.dressed());
  const shown = await viewer.evaluate(drawInViewer, report.camera, width, height);
  writeFileSync(`${base}.viewer.png`, bytes(shown));
  const viewerIou = await viewer.evaluate(iou, shown, poster);
  await viewer.close();
  if (!(viewerIou >= ENOUGH)) problems.push(`the viewer draws another silhouette: IoU ${viewerIou.toFixed(4)}`);

  console.log(
    `${base}: silhouette IoU ${plainIou.toFixed(4)} in three.js, ${viewerIou.toFixed(4)} in the viewer, ` +
      `${drawn.meshes} meshes, ${problems.length} problems`,
  );
  problems.slice(0, 20).forEach((problem) => console.log(`  ${problem}`));
  return problems.length;
}

let bad = 0;
for (const base of bases) {
  // A browser of its own for each: what one asset leaves behind must not end the check of another.
  const browser = await ThreeInBrowser.start(script);
  try {
    if ((await check(base, browser)) > 0) bad++;
  } catch (error) {
    console.log(`${base}: cannot be checked: ${error.message}`);
    bad++;
  } finally {
    await browser.close();
  }
}
process.exit(bad > 0 ? 1 : 0);

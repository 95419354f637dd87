// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0
//
// A contact sheet of all clips of an asset: node build-support/clip-sheet.mjs ASSET.glb SHEET.png [--clay]
// A row a clip, eight times of it, drawn by three.js from the left and in front; lamps at night. The tiles of the floor are half a metre
// wide, for small assets a tenth of that. With --clay it shows the shape without materials. What it wants is told in three-in-browser.mjs.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bytes, ThreeInBrowser } from './three-in-browser.mjs';

const [glb, sheet, option] = process.argv.slice(2);
if (!glb || !sheet) {
  console.error('clip-sheet: name a GLB file and the PNG file to write');
  process.exit(2);
}

const script = `
import * as THREE from 'three';
import { GLTFLoader } from '/three/loaders/GLTFLoader.js';
import { RoomEnvironment } from '/three/environments/RoomEnvironment.js';

const TIMES = 8;
const WIDTH = 200;
const HEIGHT = 170;
const MARGIN = 6;
const LABEL = 20;

function floor(tile) {
  const texture = new THREE.DataTexture(new Uint8Array([226, 228, 231, 255, 205, 208, 213, 255, 205, 208, 213, 255, 226, 228, 231, 255]), 2, 2);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.wrapS = texture.wrapT = THREE.RepeatWrapping;
  texture.repeat.setScalar(100);
  texture.generateMipmaps = true;
  texture.minFilter = THREE.LinearMipmapLinearFilter;
  texture.anisotropy = 8;
  texture.needsUpdate = true;
  const plane = new THREE.Mesh(new THREE.PlaneGeometry(200 * tile, 200 * tile), new THREE.MeshBasicMaterial({ map: texture, toneMapped: false }));
  plane.rotation.x = -Math.PI / 2;
  return plane;
}

window.sheet = async (clay) => {
  const renderer = new THREE.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  renderer.setPixelRatio(2);
  renderer.setSize(WIDTH, HEIGHT);
  renderer.toneMapping = THREE.NeutralToneMapping;
  const scene = new THREE.Scene();
  scene.background = new THREE.Color(0xf4f5f6);
  scene.environment = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;
  const gltf = await new GLTFLoader().loadAsync('/asset.glb');
  scene.add(gltf.scene);
  if (clay) {
    const material = new THREE.MeshStandardMaterial({ color: 0xb9b2a8, roughness: 0.75 });
    gltf.scene.traverse((o) => o.isMesh && (o.material = material));
  }
  const mixer = new THREE.AnimationMixer(gltf.scene);

  const canvas = document.createElement('canvas');
  canvas.width = TIMES * (WIDTH + MARGIN) + MARGIN;
  canvas.height = gltf.animations.length * (HEIGHT + LABEL + MARGIN) + MARGIN;
  const context = canvas.getContext('2d');
  context.fillStyle = '#fcfcfb';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = '13px sans-serif';
  context.imageSmoothingQuality = 'high';

  // One camera for all of it: everything that any clip reaches, apart from the way of the whole.
  const all = new THREE.Box3();
  const poses = [];
  for (const clip of gltf.animations) {
    for (let k = 0; k < TIMES; k++) poses.push([clip, (clip.duration * k) / TIMES]);
  }
  const pose = ([clip, time]) => {
    mixer.stopAllAction();
    mixer.clipAction(clip).reset().play();
    mixer.setTime(time);
    gltf.scene.updateMatrixWorld(true);
  };
  const moves = (clip) => clip.tracks.some((t) => t.name === gltf.scene.children[0].name + '.position');
  for (const p of poses) {
    if (moves(p[0])) continue;
    pose(p);
    all.union(new THREE.Box3().setFromObject(gltf.scene, true));
  }
  const size = all.getSize(new THREE.Vector3()).length();
  const middle = all.getCenter(new THREE.Vector3());
  const ground = floor(size < 1.5 ? 0.05 : 0.5);
  ground.position.y = -0.001;
  scene.add(ground);
  const camera = new THREE.PerspectiveCamera(28, WIDTH / HEIGHT, 0.01, 100);
  // Clips that only show and hide are lamps: they are seen at night, from in front.
  const lamps = (clip) => clip.tracks.every((t) => t.name.endsWith('.scale'));
  const day = scene.background;
  const night = new THREE.Color(0x14161a);

  for (let i = 0; i < poses.length; i++) {
    const [clip, time] = poses[i];
    const row = Math.floor(i / TIMES);
    pose(poses[i]);
    const dark = lamps(clip);
    scene.background = dark ? night : day;
    scene.environmentIntensity = dark ? 0.12 : 1;
    ground.visible = !dark;
    const away = new THREE.Vector3(dark ? 0.5 : 1, 0.28, dark ? 1 : 0.45).normalize().multiplyScalar(1.65 * size);
    // Follows what drives; the floor stays.
    const way = moves(clip) ? gltf.scene.children[0].position.clone() : new THREE.Vector3();
    camera.position.copy(middle).add(away).add(way);
    camera.lookAt(middle.clone().add(way));
    renderer.render(scene, camera);
    const x = MARGIN + (i % TIMES) * (WIDTH + MARGIN);
    const y = MARGIN + row * (HEIGHT + LABEL + MARGIN);
    context.drawImage(renderer.domElement, x, y + LABEL, WIDTH, HEIGHT);
    context.fillStyle = '#5c5e62';
    context.fillText((i % TIMES === 0 ? clip.name + '  ' : '') + time.toFixed(2) + ' s', x + 2, y + 14);
  }
  return canvas.toDataURL();
};
window.ready = true;
`;

const problems = [];
const browser = await ThreeInBrowser.start(script);
try {
  const tab = await browser.show(resolve(glb), problems);
  writeFileSync(sheet, bytes(await tab.evaluate((clay) => window.sheet(clay), option === '--clay')));
} finally {
  await browser.close();
}
problems.forEach((problem) => console.error(`clip-sheet: ${problem}`));
process.exit(problems.length > 0 ? 1 : 0);

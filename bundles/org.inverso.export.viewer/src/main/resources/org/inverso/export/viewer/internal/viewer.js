// Copyright (c) 2026 The Inverso authors
// SPDX-License-Identifier: Apache-2.0

import * as THREE from 'three';
import { GLTFLoader } from 'gltf-loader';
import { OrbitControls } from 'orbit-controls';
import { RoomEnvironment } from 'room-environment';

const stage = document.getElementById('stage');
const panel = document.getElementById('panel');

const renderer = new THREE.WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
renderer.toneMapping = THREE.NeutralToneMapping;
stage.append(renderer.domElement);
const scene = new THREE.Scene();
scene.background = new THREE.Color(0xe8eaed);
scene.environment = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;
const camera = new THREE.PerspectiveCamera(35, 1, 0.01, 500);
const controls = new OrbitControls(camera, renderer.domElement);
controls.enableDamping = true;

const bytes = Uint8Array.from(atob(document.getElementById('asset').textContent), (c) => c.charCodeAt(0));
const gltf = await new GLTFLoader().parseAsync(bytes.buffer, '');
const asset = gltf.scene;
scene.add(asset);

const box = new THREE.Box3().setFromObject(asset, true);
const size = box.getSize(new THREE.Vector3());
const reach = size.length();
// A floor of tiles of one metre, so that motion shows.
const GROUND = 400;
function tiles() {
  const light = [232, 234, 237, 255];
  const dark = [214, 217, 221, 255];
  const texture = new THREE.DataTexture(new Uint8Array([...light, ...dark, ...dark, ...light]), 2, 2);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.wrapS = texture.wrapT = THREE.RepeatWrapping;
  texture.repeat.setScalar(GROUND / 2);
  texture.generateMipmaps = true;
  texture.minFilter = THREE.LinearMipmapLinearFilter;
  texture.anisotropy = renderer.capabilities.getMaxAnisotropy();
  texture.needsUpdate = true;
  return texture;
}
const ground = new THREE.Mesh(new THREE.PlaneGeometry(GROUND, GROUND), new THREE.MeshBasicMaterial({ map: tiles(), toneMapped: false }));
ground.rotation.x = -Math.PI / 2;
ground.position.y = Math.min(0, box.min.y) - 0.001;
scene.add(ground);
box.getCenter(controls.target);
camera.position.copy(controls.target).add(new THREE.Vector3(0.8, 0.45, 1.1).normalize().multiplyScalar(1.7 * reach));

// What the panel offers.

function choice(label, names, chosen) {
  const select = document.createElement('select');
  select.title = label;
  names.forEach((name) => select.add(new Option(`${label}: ${name}`, name)));
  select.onchange = () => {
    chosen(select.value);
    select.blur();
  };
  panel.append(select);
}

function button(label, pressed) {
  const b = document.createElement('button');
  b.textContent = label;
  b.onclick = () => {
    pressed();
    b.blur();
  };
  panel.append(b);
}

const meshes = [];
asset.traverse((object) => object.isMesh && meshes.push(object));
const rest = new Map();
asset.traverse((o) => rest.set(o, [o.position.clone(), o.quaternion.clone(), o.scale.clone()]));
function toRest() {
  rest.forEach(([p, q, s], o) => {
    o.position.copy(p);
    o.quaternion.copy(q);
    o.scale.copy(s);
  });
}

const mixer = new THREE.AnimationMixer(asset);
if (gltf.animations.length) {
  choice('clip', ['photo', ...gltf.animations.map((a) => a.name)], (name) => {
    mixer.stopAllAction();
    toRest();
    const clip = THREE.AnimationClip.findByName(gltf.animations, name);
    if (clip) mixer.clipAction(clip).play();
  });
}

const own = new Map(meshes.map((mesh) => [mesh, mesh.material]));
const VARIANTS = 'KHR_materials_variants';
const looks = (gltf.userData.gltfExtensions?.[VARIANTS]?.variants ?? []).map((v) => v.name);
let look = 'photo';
let view = 'materials';
let dressed = Promise.resolve();
const normals = new THREE.MeshNormalMaterial();
const checker = new THREE.MeshBasicMaterial({ map: checkerboard() });

function checkerboard() {
  const n = 64;
  const data = new Uint8Array(4 * n * n);
  for (let i = 0; i < n * n; i++) {
    const x = i % n;
    const y = Math.floor(i / n);
    data.set((x + y) % 2 ? [255, 255, 255, 255] : [4 * x, 4 * y, 128, 255], 4 * i);
  }
  const texture = new THREE.DataTexture(data, n, n);
  texture.needsUpdate = true;
  return texture;
}

async function dress() {
  for (const mesh of meshes) {
    const mapping = mesh.userData.gltfExtensions?.[VARIANTS]?.mappings.find((m) => m.variants.includes(looks.indexOf(look)));
    const material = mapping ? await gltf.parser.getDependency('material', mapping.material) : own.get(mesh);
    if (mapping) gltf.parser.assignFinalMaterial(Object.assign(mesh, { material }));
    mesh.material = view === 'normals' ? normals : view === 'UV' ? checker : mapping ? mesh.material : material;
    mesh.material.wireframe = view === 'wireframe';
  }
}

if (looks.length) {
  choice('look', ['photo', ...looks], (name) => {
    look = name;
    dressed = dressed.then(dress);
  });
}
choice('view', ['materials', 'wireframe', 'normals', 'UV'], (name) => {
  view = name;
  dressed = dressed.then(dress);
});
const picture = document.querySelector('#photo img');
picture.onerror = () => stage.classList.remove('beside');
button('photo', () => {
  stage.classList.toggle('beside', !stage.classList.contains('beside') && picture.naturalWidth > 0);
  resize();
});

// Driving: a bicycle model, wheels that roll as far as the object moves.

const wheels = [];
asset.traverse((object) => {
  if (object.userData.role !== 'wheel' || !object.userData.radius) return;
  const axle = new THREE.Vector3(1, 0, 0).applyQuaternion(object.quaternion);
  const straight = new THREE.Quaternion()
    .setFromAxisAngle(new THREE.Vector3(0, 1, 0), -Math.atan2(-axle.z, axle.x))
    .multiply(object.quaternion);
  wheels.push({ object, straight, radius: Number(object.userData.radius) });
});
const keys = new Set();
const car = { x: 0, z: 0, heading: 0, speed: 0, steering: 0, rolled: 0, driven: false, lights: false, time: 0 };
if (wheels.length >= 3) {
  document.getElementById('help').textContent = 'Arrow keys drive, space brakes, L switches the lights, R brings it back.';
  const zs = wheels.map((w) => w.object.position.z);
  car.base = Math.max(...zs) - Math.min(...zs);
  const middle = (Math.max(...zs) + Math.min(...zs)) / 2;
  wheels.forEach((w) => (w.steers = w.object.position.z > middle));
  addEventListener('keydown', (e) => {
    if (e.key.startsWith('Arrow') || e.key === ' ') {
      e.preventDefault();
      car.driven = true;
      mixer.stopAllAction();
    }
    if (e.key === 'l') {
      car.lights = !car.lights;
      car.driven = true;
    }
    if (e.key === 'r') {
      Object.assign(car, { x: 0, z: 0, heading: 0, speed: 0, steering: 0, driven: false, lights: false });
      asset.position.set(0, 0, 0);
      asset.rotation.set(0, 0, 0);
      toRest();
    }
    keys.add(e.key);
  });
  addEventListener('keyup', (e) => keys.delete(e.key));
  addEventListener('blur', () => keys.clear());
}

function glow(object) {
  if (object.userData.role !== 'glow') return;
  const name = object.name;
  let on = car.lights && !name.startsWith('indicator');
  if (name.startsWith('indicator') && Math.abs(car.steering) > 0.1) {
    const left = object.getWorldPosition(new THREE.Vector3()).applyMatrix4(asset.matrixWorld.clone().invert()).x > 0;
    on = left === car.steering > 0 && car.time % 0.7 < 0.35;
  }
  object.scale.setScalar(on ? 1 : 0);
}

function drive(seconds) {
  car.time += seconds;
  const pull = (keys.has('ArrowUp') ? 6 : 0) - (keys.has('ArrowDown') ? 5 : 0);
  car.speed += pull * seconds - car.speed * (keys.has(' ') ? 4 : 0.4) * seconds;
  const wanted = 0.55 * ((keys.has('ArrowLeft') ? 1 : 0) - (keys.has('ArrowRight') ? 1 : 0));
  car.steering += (wanted - car.steering) * Math.min(1, 5 * seconds);
  const step = car.speed * seconds;
  car.heading += (step * Math.tan(car.steering)) / car.base;
  const before = asset.position.clone();
  asset.position.x += step * Math.sin(car.heading);
  asset.position.z += step * Math.cos(car.heading);
  asset.rotation.y = car.heading;
  const moved = asset.position.clone().sub(before);
  camera.position.add(moved);
  controls.target.add(moved);
  car.rolled += step;
  for (const wheel of wheels) {
    wheel.object.quaternion
      .setFromAxisAngle(new THREE.Vector3(0, 1, 0), wheel.steers ? car.steering : 0)
      .multiply(wheel.straight)
      .multiply(new THREE.Quaternion().setFromAxisAngle(new THREE.Vector3(1, 0, 0), car.rolled / wheel.radius));
  }
  asset.updateMatrixWorld();
  asset.traverse(glow);
}

function resize() {
  renderer.setPixelRatio(devicePixelRatio);
  renderer.setSize(stage.clientWidth, stage.clientHeight);
  camera.aspect = stage.clientWidth / stage.clientHeight;
  camera.updateProjectionMatrix();
}
addEventListener('resize', resize);
resize();

const clock = new THREE.Clock();
renderer.setAnimationLoop(() => {
  const seconds = Math.min(0.1, clock.getDelta());
  if (car.driven) drive(seconds);
  else mixer.update(seconds);
  controls.update();
  renderer.render(scene, camera);
  document.body.dataset.ready = 'true';
});

// For scripts that want the asset alone, or a camera of their own.
window.viewer = {
  renderer,
  scene,
  camera,
  ground,
  asset,
  stop: () => renderer.setAnimationLoop(null),
  dressed: () => dressed,
};

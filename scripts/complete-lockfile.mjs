// npm only writes into the lockfile the platform packages it could reach, then `npm ci` refuses that lockfile on
// every machine. This adds the missing ones by name and version, so that other systems can install too. Run it
// after each `npm install`:  node scripts/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const packages = lock.packages;

/** The entry that `name` means for the package in `folder`, as Node would look it up. */
function resolve(folder, name) {
  for (
    let at = folder;
    ;
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
  ) {
    const found = packages[`${at ? `${at}/` : ''}node_modules/${name}`];
    if (found || at === '') return found;
  }
}

/** The systems a platform package is for, read from its name. */
function platformOf(name) {
  const os = /darwin|linux|freebsd|windows|win32|android/.exec(name)?.[0]?.replace('windows', 'win32');
  const cpu = /arm64|x64|wasm32/.exec(name)?.[0];
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined;
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc: [libc] }),
    ...(os && { os: [os] }),
  };
}

let added = 0;
for (const [folder, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = resolve(folder, name);
    if (!/^\d/.test(version) || found?.version === version) continue;
    const where = found ? `${folder}/node_modules/${name}` : `node_modules/${name}`;
    packages[where] = { version, dev: true, optional: true, ...platformOf(name) };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} paquets de plateforme ajoutés à ${FILE}`);

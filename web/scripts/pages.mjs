// Beside dist/index.html one HTML a page, which names the parts that the page needs: they come with the program instead of
// after it has run. The server gives each address its own (src/rest/web.cpp), and index.html where there is none.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const index = readFileSync(new URL('index.html', dist), 'utf8');
const pages = {
  clientes: 'people/People', cliente: 'desk/Guest', historico: 'desk/LegacyGuest', reactivacion: 'reactivation/Reactivation', sincronizacion: 'sync/Sync', resumen: 'overview/Overview',
  ajustes: 'settings/Settings',
};

/** A part's files, and those of all that it imports. */
function filesOf(name, seen = new Set()) {
  const part = manifest[name];
  if (!part) throw new Error(`the build has no ${name}`);
  if (seen.has(name)) return [];
  seen.add(name);
  return [part.file, ...(part.css ?? []), ...(part.imports ?? []).flatMap((one) => filesOf(one, seen))];
}

for (const [page, module] of Object.entries(pages)) {
  const files = filesOf(`src/features/${module}.tsx`).filter((file) => !index.includes(file));
  const links = files.map((file) => (file.endsWith('.css') ? `<link rel="preload" as="style" crossorigin href="/${file}">` : `<link rel="modulepreload" crossorigin href="/${file}">`));
  writeFileSync(new URL(`${page}.html`, dist), index.replace('  </head>', `    ${links.join('\n    ')}\n  </head>`));
}
rmSync(new URL('.vite', dist), { recursive: true });

// Renews the pictures of README.md from a served demo:
//   KEY=$(cat var/demo/key) BASE=http://localhost:8000 node web/scripts/screenshots.mjs [folder; docs/ without one]
// Everybody in them was made by `aremko demo`: never point it at people who exist.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { BASE = 'http://localhost:8000', KEY } = process.env;
const folder = process.argv[2] ?? new URL('../../docs', import.meta.url).pathname;
const story = 'as_of=2024-03-14';
const settled = () => document.querySelector('h1') && !document.querySelector('.skeleton, .vrow.loading') && (!document.querySelector('[role=grid]') || document.querySelector('.vrow'));

const find = async (page) => {
  await page.fill('#search', 'maria gonz');
  await page.waitForSelector('#hits [role=option]:has-text("María González")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.message');
};
const shots = [
  { name: 'hoy', path: '/', act: (page) => page.waitForSelector('.arrival') },
  { name: 'recepcion', path: `/?${story}`, act: find },
  { name: 'clientes', path: `/clientes?${story}`, act: (page) => page.click('.cell[data-cell="1 4"]') },
  { name: 'reactivacion', path: `/reactivacion?${story}`, act: async (page) => { await page.fill('.first-many input', '50'); await page.keyboard.press('Enter'); await page.waitForSelector('[role=status]:has-text("50 elegidas")'); } },
  { name: 'sincronizacion', path: '/sincronizacion', act: (page) => page.waitForSelector('.pair, .empty') },
  { name: 'resumen', path: '/resumen', act: (page) => page.waitForSelector('svg.months') },
  { name: 'telefono', path: `/clientes/123?${story}`, viewport: { width: 390, height: 844 }, scale: 2, theme: 'dark', language: 'en', act: (page) => page.waitForSelector('.message') },
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });
for (const { name, path, act, viewport = { width: 1440, height: 900 }, scale = 1, theme = 'light', language = 'es' } of shots) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: scale, colorScheme: theme, reducedMotion: 'reduce' });
  await context.addInitScript(([key, language]) => {
    sessionStorage.setItem('aremko.session', JSON.stringify({ held: [{ key, tenant: 'aremko', scope: 'admin', label: 'recepción' }], at: 0 }));
    localStorage.setItem('aremko.language', JSON.stringify(language));
  }, [KEY, language]);
  const page = await context.newPage();
  await page.goto(BASE + path);
  await page.waitForFunction(settled, null, { timeout: 60_000 });
  await act(page);
  await page.waitForFunction(settled, null, { timeout: 60_000 });
  await page.evaluate(() => document.fonts.ready);
  const cdp = await context.newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
  console.log(`${name}.webp`);
  await context.close();
}
await browser.close();

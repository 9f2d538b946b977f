// Every page at every size, with the longest names there are: nothing beyond the edge, nothing cut, nothing that jumps,
// nothing asked twice, nothing too small to press, and no more JavaScript than a page needs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { BASE, story, crowd, looks, open, findings, fits, settled } from './browser.mjs';

const pages = ['/', `/clientes/123?${story}`, '/historicos/1657', `/clientes?${story}`, `/reactivacion?${story}`, '/sincronizacion', '/sincronizacion?part=health', '/sincronizacion?part=duplicates',
  '/sincronizacion?part=decisions', '/sincronizacion?part=matter', '/sincronizacion?part=refused', '/ajustes', '/resumen', '/nada',
  `/resumen?parte=servicios&${story}`, `/resumen?parte=clientes&${story}`, `/resumen?parte=ocupacion&${story}`];
const name = 'María-Fernanda Wolfeschlegelsteinhausenbergerdorff de la Santísima Trinidad Ruiz';
const mail = `reservas.institucionales.${'departamento'.repeat(3)}@universidad-austral.ejemplo.cl`;
assert.ok(name.length >= 80 && mail.length >= 80);

/** Answers in which everybody has an 80-letter name and mailbox. */
async function longNames(page) {
  await page.route('**/api/v1/aremko/**', async (route) => {
    const answer = await route.fetch().catch(() => null);
    if (!answer) return route.abort();
    if (!/json/.test(answer.headers()['content-type'] ?? '')) return route.fulfill({ response: answer });
    const stretch = (value) => {
      if (Array.isArray(value)) return value.map(stretch);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => {
        if (key === 'nombre' && typeof one === 'string') return [key, name];
        if (key === 'email' && (typeof one === 'string' || one === null)) return [key, mail];
        return [key, stretch(one)];
      }));
    };
    const json = await answer.json().catch(() => null);  // the page may be gone
    if (json) await route.fulfill({ response: answer, json: stretch(json) }).catch(() => undefined);
  });
}

/** What nobody can reach or read: beyond the window with nothing to scroll, or cut with no sign of it. */
const unreachable = (page) => page.evaluate(() => {
  const out = [];
  const say = (element, why) => out.push(`${why}: <${element.tagName.toLowerCase()} class="${element.className.baseVal ?? element.className}"> ${element.textContent.trim().slice(0, 40)}`);
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      const { overflowX } = getComputedStyle(up);
      if ((overflowX === 'auto' || overflowX === 'scroll') && !up.classList.contains('page') && !up.classList.contains('desk-search')) return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.visually-hidden, .skip, svg, [hidden], canvas, .u-over, [popover]')) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element)) say(element, 'beyond the edge');
    const style = getComputedStyle(element);
    if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 && element.textContent.trim() && style.textOverflow !== 'ellipsis' && !element.closest('.vtable')) say(element, 'cut');
    // An ellipsis is a sign where another look is one step away: rows that open, names of pages.
    if (style.textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + 1 && !element.closest('.vrow, .nav, .account, a, button, [title]')) say(element, 'shortened');
  }
  for (const one of document.querySelectorAll('.page, .desk-search')) if (one.scrollWidth > one.clientWidth + 1) say(one, `scrolls sideways by ${one.scrollWidth - one.clientWidth}`);
  return [...new Set(out)].slice(0, 6);
});

const tooSmall = (page) => page.evaluate(() => [...document.querySelectorAll('a, button, input:not([type=range]), select, summary, [role=tab]')].filter((one) => {
  const element = one.matches('input[type=checkbox]') ? one.closest('label') ?? one : one;
  if (element.closest('.visually-hidden, .skip, [hidden]')) return false;
  const box = element.getBoundingClientRect();
  const inline = element.tagName === 'A' && getComputedStyle(element).display === 'inline';  // words of a sentence
  return box.width > 0 && !inline && Math.min(box.width, box.height) < 23.5;
}).map((one) => `${one.tagName.toLowerCase()} ${one.textContent.trim().slice(0, 24) || one.className} ${Math.round(one.getBoundingClientRect().width)}×${Math.round(one.getBoundingClientRect().height)}`));

describe('every size', () => {
  const sizes = [[320, 640], [390, 844], [768, 1024], [1024, 768], [1440, 900], [720, 450, 2]];  // the last: 1440 wide at 200 %
  for (const [width, height, scale] of process.env.LOOKS === 'one' ? sizes.slice(0, 1) : sizes) {
    test(`all is there at ${width} pixels${scale ? ', which is 200 % of 1440' : ''}`, async () => {
      const found = [];
      for (const path of pages) {
        const page = await open(null, { viewport: { width, height }, faults: false });
        await longNames(page);
        await page.goto(BASE + path);
        await settled(page).catch(() => found.push(`${path} never settles`));
        if (path.startsWith('/clientes/')) await page.waitForSelector('.message');
        found.push(...(await unreachable(page)).map((one) => `${path} ${one}`));
        if (path.startsWith('/clientes/')) {
          await page.click('#tab-know');
          found.push(...(await unreachable(page)).map((one) => `${path} know ${one}`));
        }
        if (path === '/' ) {
          await page.fill('#search', 'maria');
          await page.waitForSelector('#hits [role=option]');
          found.push(...(await unreachable(page)).map((one) => `the results ${one}`));
        }
        if (width === 390) found.push(...(await tooSmall(page)).map((one) => `${path} too small to press: ${one}`));
        await page.done();
      }
      assert.deepEqual(found, []);
    });
  }
});

describe('every page', () => {
  for (const viewport of [{ width: 320, height: 640 }, { width: 390, height: 844 }, { width: 1024, height: 768 }, { width: 1440, height: 900 }]) {
    test(`stands still, asks nothing twice and weighs little, ${viewport.width} pixels wide`, async () => {
      const wrong = [];
      for (const path of pages) {
        const page = await open(null, { viewport, faults: false });
        // Without the pages that are fetched beforehand: what this one needs.
        await page.addInitScript(() => {
          Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
          globalThis.shift = 0;
          globalThis.moved = [];
          new PerformanceObserver((list) => list.getEntries().forEach((one) => {
            if (one.hadRecentInput) return;
            globalThis.shift += one.value;
            globalThis.moved.push(...one.sources.map((source) => `${source.node?.className ?? source.node?.nodeName} ${one.value.toFixed(3)}`));
          })).observe({ type: 'layout-shift', buffered: true });
        });
        if (path === '/') await crowd(page);
        const asked = new Map();
        page.on('request', (request) => {
          if (request.method() === 'GET' && request.resourceType() !== 'other' && !/\/sources\?/.test(request.url())) asked.set(request.url(), (asked.get(request.url()) ?? 0) + 1);
        });
        await page.goto(BASE + path);
        await settled(page);
        if (path.startsWith('/clientes/')) await page.waitForSelector('.message');
        await page.waitForTimeout(300);
        const [shift, moved] = await page.evaluate(() => [globalThis.shift, globalThis.moved.slice(0, 5)]);
        if (shift > 0.05) wrong.push(`${path} moves by ${shift.toFixed(3)}: ${moved.join(', ')}`);
        for (const [url, times] of asked) if (times > 1) wrong.push(`${path} asks ${times} times for ${new URL(url).pathname}`);
        const script = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => /\.js$/.test(one.name)).map((one) => one.name));
        let bytes = 0;
        for (const url of script) bytes += Number((await fetch(url, { method: 'HEAD', headers: { 'Accept-Encoding': 'gzip' } })).headers.get('content-length'));
        if (bytes > 130 * 1024 || bytes < 1000) wrong.push(`${path} needs ${(bytes / 1024).toFixed(0)} KB of JavaScript`);
        await page.done();
      }
      assert.deepEqual(wrong, []);
    });
  }

  for (const look of looks) {
    test(`can be used by everybody: ${look.language}, ${look.theme}, ${look.viewport.width} wide`, async () => {
      const found = [];
      for (const path of pages) {
        const page = await open(path, { ...look, faults: path !== '/nada' });
        await settled(page);
        if (path === '/resumen') await page.waitForSelector('.months rect.now');
        assert.equal(await page.getAttribute('html', 'lang'), look.language);
        await fits(page, path);
        found.push(...(await findings(page)).map((one) => `${path} ${one}`));
        if (path.startsWith('/clientes/')) {
          await page.click('#tab-know');
          found.push(...(await findings(page)).map((one) => `${path} know ${one}`));
        }
        await page.done();
      }
      assert.deepEqual(found, []);
    });
  }
});

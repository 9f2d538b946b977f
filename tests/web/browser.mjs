// What every browser test needs: a real Chromium, a page of somebody who has entered, and what must hold on each page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const { BASE, KEY, READ_KEY, OTHER_KEY } = process.env;
export const story = 'as_of=2024-03-14';  // the day on which the guide's numbers hold
export const wide = { width: 1440, height: 900 }, phone = { width: 390, height: 844 };
// Every language with every theme, each in a width of its own.
export const looks = [
  { language: 'es', theme: 'light', viewport: wide }, { language: 'en', theme: 'dark', viewport: phone },
  { language: 'en', theme: 'light', viewport: { width: 320, height: 640 } }, { language: 'es', theme: 'dark', viewport: { width: 1024, height: 768 } },
].slice(0, process.env.LOOKS === 'one' ? 1 : 4);
export const slow = 20_000;  // a busy machine; what is fast is measured in bench/

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });
});
after(() => browser?.close());

/** A page of somebody who has entered; every fault it logs and every request to elsewhere fails the test. */
export async function open(path, { language = 'es', theme = 'light', viewport = wide, key = KEY, scope = 'admin', faults = true, zone, at } = {}) {
  const context = await browser.newContext({
    viewport, colorScheme: theme, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'], ...(zone ? { timezoneId: zone } : {}),
  });
  context.setDefaultTimeout(slow);
  await context.addInitScript(([key, scope, language]) => {
    if (key && !sessionStorage.getItem('aremko.session')) sessionStorage.setItem('aremko.session', JSON.stringify({ held: [{ key, tenant: 'aremko', scope, label: '' }], at: 0 }));
    localStorage.setItem('aremko.language', JSON.stringify(language));
  }, [key, scope, language]);
  const page = await context.newPage();
  if (at) await page.clock.setFixedTime(new Date(at));
  page.wrong = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(BASE) && !/^(blob|data):/.test(request.url())) page.wrong.push(`asked ${new URL(request.url()).host}`);
    if (KEY && request.url().includes(KEY)) page.wrong.push('a key in an address');
  });
  if (faults) {
    page.on('console', (message) => message.type() === 'error' && page.wrong.push(message.text()));
    page.on('pageerror', (error) => page.wrong.push(error.message));
  }
  if (path) await page.goto(BASE + path);
  page.done = async () => {
    await context.close();
    assert.deepEqual(page.wrong, []);
  };
  return page;
}

export async function accessible(page, where) {
  assert.deepEqual(await findings(page), [], where);
}

export async function findings(page) {
  // The tool is put in by the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(' | ')}`);
}

export async function fits(page, where) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(inner <= outer, `${where} is ${inner} wide in ${outer}`);
  const main = await page.evaluate(() => {
    const page = document.querySelector('.page');
    return page ? page.scrollWidth - page.clientWidth : 0;
  });
  assert.ok(main <= 0, `${where} scrolls sideways by ${main}`);
}

// Something stands there, nothing is still awaited, and a table has its first rows.
export const settled = (page) => page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.skeleton, .vrow.loading') &&
  (!document.querySelector('[role=grid]') || document.querySelector('.vrow')), null, { timeout: slow });


export const arrival = (more) => ({
  reserva: 1, hora: '2026-11-28T10:30:00', llego: false, customer_id: 123, nombre: 'Walter Muñoz', telefono: null, personas: 2, acompanantes: [], primera_vez: false,
  servicios: [{ servicio_nombre: 'Masaje Relajante', tipo_servicio: 'masaje', inicio: null, cantidad_personas: 2, masajista: null }], visitas_previas: 1, segment: 'New', saldo: 0, debe: 0,
  saldo_gift_cards: 0, gift_card_vence: null, comentario: null, comentario_tipo: '', notas: [], encuesta_nps: null, encuesta_texto: null, ...more,
});

/** The server's answer about the day, with so much of it changed. */
export const onDay = (page, change) => page.route('**/api/v1/aremko/today*', async (route) => {
  const answer = await route.fetch().catch(() => null);  // the page may be gone
  const data = await answer?.json().catch(() => null);
  if (!data) return;
  change(data);
  await route.fulfill({ response: answer, json: data }).catch(() => undefined);
});

/** A day as full as a house gets: 68 bookings, 105 things to do. */
export const crowd = (page) => onDay(page, (data) => {
  data.totales = { llegan: 68, llegaron: 39, personas: 159, deben: 24, deben_monto: 1798850, gift_cards: 2, primera_vez: 10, con_notas: 0, cuentas_de_la_casa: 1 };
  data.llegadas = Array.from({ length: 68 }, (_, index) => arrival({ reserva: index + 1, customer_id: index + 1, llego: index < 39, saldo: index % 3 === 0 ? 78_000 : 0 }));
  data.por_hacer = Array.from({ length: 10 }, (_, index) => ({ tipo: 'responder', customer_id: index + 1, nombre: 'Patricio López', telefono: null, channels: [], fecha: `${data.date}T00:00:00`, monto: 0, vence: null, encuesta_nps: null, dijo: null }));
  data.por_hacer_total = [{ tipo: 'responder', total: 105 }];
});

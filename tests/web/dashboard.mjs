// The dashboard as people use it, in a real Chromium against a real server. tests/scenarios/web_test.py runs it.
//   BASE=http://… KEY=ark_… READ_KEY=ark_… [OTHER_KEY=ark_… of tenant laguna] [LOOKS=all|one] node --test dashboard.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const { BASE, KEY, READ_KEY, OTHER_KEY } = process.env;
const story = 'as_of=2024-03-14';  // the day on which the guide's numbers hold
const wide = { width: 1440, height: 900 }, phone = { width: 390, height: 844 };
const looks = [
  { language: 'es', theme: 'light', viewport: wide }, { language: 'en', theme: 'dark', viewport: phone },
  { language: 'en', theme: 'light', viewport: wide }, { language: 'es', theme: 'dark', viewport: phone },
].slice(0, process.env.LOOKS === 'one' ? 1 : 4);
const slow = 20_000;  // a busy machine; what is fast is measured in bench/

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(() => browser?.close());

/** A page of somebody who has entered; every fault it logs and every request to elsewhere fails the test. */
async function open(path, { language = 'es', theme = 'light', viewport = wide, key = KEY, scope = 'admin', faults = true } = {}) {
  const context = await browser.newContext({ viewport, colorScheme: theme, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(slow);
  await context.addInitScript(([key, scope, language]) => {
    if (key && !sessionStorage.getItem('aremko.session')) sessionStorage.setItem('aremko.session', JSON.stringify({ held: [{ key, tenant: 'aremko', scope, label: '' }], at: 0 }));
    localStorage.setItem('aremko.language', JSON.stringify(language));
  }, [key, scope, language]);
  const page = await context.newPage();
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

async function accessible(page, where) {
  assert.deepEqual(await findings(page), [], where);
}

async function findings(page) {
  // The tool is put in by the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(' | ')}`);
}

async function fits(page, where) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(inner <= outer, `${where} is ${inner} wide in ${outer}`);
  const main = await page.evaluate(() => {
    const page = document.querySelector('.page');
    return page ? page.scrollWidth - page.clientWidth : 0;
  });
  assert.ok(main <= 0, `${where} scrolls sideways by ${main}`);
}

// Something stands there, nothing is still awaited, and a table has its first rows.
const settled = (page) => page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.skeleton, .vrow.loading') &&
  (!document.querySelector('[role=grid]') || document.querySelector('.vrow')), null, { timeout: slow });

describe('the door', () => {
  test('a wrong key is told, a right one enters, and stays in this tab alone', async () => {
    const page = await open('/', { key: '', faults: false });
    await page.waitForSelector('.door');
    await accessible(page, 'the door');
    await page.keyboard.type('ark_nobody00_12345678901234567890123456789012');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault:has-text("Esa clave no es")');
    await page.fill('.door input', KEY);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#search');
    assert.equal(await page.evaluate((key) => location.href.includes(key) || JSON.stringify(localStorage).includes(key), KEY), false);
    const other = await page.context().newPage();
    await other.goto(BASE);
    await other.waitForSelector('.door');
    await page.done();
  });

  test('two places are held at once, and one switches between them', { skip: !OTHER_KEY }, async () => {
    const page = await open('/resumen');
    await page.waitForSelector('.source');
    await page.click('.account');
    await page.click('.menu-panel button:has-text("Entrar a otro local")');
    await page.fill('.door input', OTHER_KEY);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.account:has-text("laguna")');
    await page.waitForFunction(() => document.querySelectorAll('.source').length === 1);  // only the old customers' file there
    await page.click('.account');
    await page.click('.menu-panel .segmented button:has-text("aremko")');
    await page.waitForSelector('.account:has-text("aremko")');
    await page.waitForFunction(() => document.querySelectorAll('.source').length === 3);
    await page.done();
  });

  test('answers carry a strict policy, and assets are kept for ever', async () => {
    const answer = await fetch(BASE);
    const policy = answer.headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await answer.text())[1];
    const asset = await fetch(BASE + script, { headers: { 'Accept-Encoding': 'br' } });
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(asset.headers.get('content-encoding'), 'br');
  });

  test('a key that no longer holds leads back to the door', async () => {
    const page = await open('/resumen', { key: 'ark_revoked0_12345678901234567890123456789012', faults: false });
    await page.waitForSelector('.fault:has-text("La clave dejó de valer")');
    await page.done();
  });
});

describe('the front desk', () => {
  test('the guide\'s receptionist finds María by keyboard and knows what to say', async () => {
    const page = await open(`/resumen?${story}`);
    await page.waitForSelector('h1');
    await page.keyboard.press('/');          // from any page
    await page.waitForSelector('#search:focus');
    await page.keyboard.type('maria gonzalez');
    await page.waitForSelector('#hits [role=option]:first-child:has-text("María González")');
    assert.match(await page.textContent('#hits [role=option]:first-child'), /por nombre.*también en los archivos antiguos/);
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('#hit-1[aria-selected=true]');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.guest-name:has-text("María González")');
    assert.match(page.url(), /\/clientes\/123\?as_of=2024-03-14$/);
    await page.waitForSelector('.message');
    const text = (await page.innerText('.guest')).replace(/\s+/g, ' ');
    for (const part of ['$680.000', '15 mar 2020', '$40.000', '12.345.678-9', '+56 9 8765 4321', 'En riesgo', 'Masaje Relajante', '12 veces', '1.460 días', 'Regular (cada 2 meses)', 'Enero, Febrero, Diciembre', '17 visitas', 'Archivo antiguo']) {
      assert.ok(text.includes(part), `the page lacks ${part}`);
    }
    assert.deepEqual(await page.$$eval('.rfm-score', (all) => all.map((one) => one.textContent)), ['1', '4', '3']);
    await page.keyboard.press('Alt+c');
    await page.waitForSelector('.toast:has-text("Copiado")');
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /¡Hola María!.*hace 4 años/s);
    assert.match(await page.getAttribute('.offer a.button', 'href'), /^https:\/\/wa\.me\/56987654321\?text=/);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#search:focus');
    await page.done();
  });

  test('by mouse and phone number, and nobody is told as nobody', async () => {
    const page = await open('/');
    await page.fill('#search', '8765 4321');
    await page.click('#hits [role=option]:has-text("María González")');
    await page.waitForSelector('.guest-name:has-text("María González")');
    await page.fill('#search', 'zzzzqqqq xxxx');
    await page.waitForSelector('.empty:has-text("Nadie con esos datos")');
    await page.done();
  });

  test('on a phone a guest is a page of its own, with a way back', async () => {
    const page = await open(`/?${story}`, { viewport: phone });
    await page.fill('#search', 'maria gonzalez');
    await page.click('#hits [role=option]:first-child');
    await page.waitForSelector('.guest-name:has-text("María González")');
    assert.equal(await page.isVisible('#search'), false);
    await page.click('.desk-back');
    await page.waitForSelector('#search');
    assert.equal(await page.inputValue('#search'), 'maria gonzalez');
    await page.done();
  });

  test('why an old record is tied to a guest, and the old record by itself', async () => {
    const page = await open(`/clientes/123?${story}`);
    await page.click('.record summary:has-text("Ver por qué")');
    await page.waitForSelector('.record .evidence li');
    await page.click('.record a');
    await page.waitForSelector('.tag:has-text("Persona de los archivos antiguos")');
    await page.click('a:has-text("Ver la ficha de cliente")');
    await page.waitForSelector('.message');
    await page.done();
  });

  test('who is nobody, and a page that is not there, are said', async () => {
    const page = await open('/clientes/99999999', { faults: false });
    await page.waitForSelector('.empty:has-text("No hay ningún cliente")');
    await page.done();
  });

  test('a guest prints on paper without the frame', async () => {
    const page = await open(`/clientes/123?${story}`);
    await page.waitForSelector('.message');
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.rail', '.desk-search', '.message']) assert.equal(await page.isVisible(hidden), false, hidden);
    assert.ok(await page.isVisible('.guest-name'));
    assert.ok((await page.pdf({ format: 'A4' })).length > 5000);
    await page.done();
  });
});

async function rows_found(page) {
  await page.waitForSelector('.people-table-head [role=status]:has-text("personas")');
  return Number((await page.textContent('.people-table-head [role=status]')).split(' ')[0].replaceAll('.', ''));
}

describe('customers and segments', () => {
  test('a cell of the map shows its people, sorted and opened by keyboard', async () => {
    const page = await open(`/clientes?${story}`);
    const cell = page.locator('.cell[data-cell="1 4"]');
    await cell.click();
    const people = Number(/: ([\d.]+) /.exec(await cell.getAttribute('title'))[1].replaceAll('.', ''));
    await page.waitForFunction((count) => document.querySelector('.people-table-head [role=status]').textContent.startsWith(`${count} `), people);
    await page.click('[role=columnheader] button:has-text("Nombre")');
    await page.waitForSelector('[role=columnheader][aria-sort=ascending]:has-text("Nombre")');
    await settled(page);
    const names = (await page.$$eval('.vrow [role=gridcell]:first-child', (all) => all.map((one) => one.textContent)));
    const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    assert.deepEqual(names.map(fold), [...names].map(fold).sort((a, b) => (a < b ? -1 : 1)));
    await page.focus('[role=grid]');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.textContent('.vrow.active [role=gridcell]:first-child');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.guest-name:has-text("${chosen}")`);
    await page.done();
  });

  test('the file has everybody who passes, and Excel reads it', async () => {
    const page = await open(`/clientes?${story}&segment=At+Risk`);
    await settled(page);
    const people = await rows_found(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Exportar CSV")')]);
    const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
    assert.equal(lines.length, people + 1);
    assert.ok(lines[0].startsWith('\ufeffID;Nombre;Teléfono'));
    assert.ok(lines.some((line) => line.startsWith('123;María González;+56987654321;maria@gmail.com;Puerto Montt;En riesgo;1;4;3;17;680000;40000;2020-03-15')));
    await page.done();
  });

  test('who moved, money instead of people, filters and their absence', async () => {
    const page = await open(`/clientes?${story}`);
    await page.waitForSelector('.flow');
    await page.click('button:has-text("3 meses")');
    await page.waitForSelector('#movement-title ~ p:has-text("14 dic 2023")');
    await page.click('.segmented button:has-text("Dinero")');
    await page.waitForSelector('.cell:has-text("$")');
    await settled(page);
    const all = await rows_found(page);
    await page.fill('.filters label:has-text("Visitas, mínimo") input', '10');
    await page.keyboard.press('Enter');
    await page.waitForFunction((count) => !document.querySelector('.people-table-head [role=status]').textContent.startsWith(`${count.toLocaleString('es-CL')} `), all);
    assert.ok(await rows_found(page) < all);
    await page.fill('.filters label:has-text("Ciudad") input', 'Nunca Jamás');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.empty:has-text("Nadie cumple")');
    await page.click('button:has-text("Quitar filtros")');
    await page.waitForFunction((count) => document.querySelector('.people-table-head [role=status]').textContent.startsWith(`${count} `), all.toLocaleString('es-CL'));
    await page.done();
  });
});

describe('win back', () => {
  test('the guide\'s campaign: ordered, with reasons, chosen by keyboard and exported', async () => {
    const page = await open(`/reactivacion?${story}`);
    await settled(page);
    const priorities = await page.$$eval('.vrow .priority b', (all) => all.map((one) => Number(one.textContent)));
    assert.deepEqual(priorities, [...priorities].sort((a, b) => b - a));
    await page.focus('[role=grid]');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.waitForSelector('.win-controls [role=status]:has-text("2 elegidas")');
    assert.equal(await page.locator('.why-strip li').count(), 4);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Exportar elegidas")')]);
    assert.equal(readFileSync(await download.path(), 'utf8').trim().split('\r\n').length, 3);
    await page.click('button:has-text("Elegir las primeras 100")');
    await page.waitForSelector('.win-controls [role=status]:has-text("100 elegidas")');
    const [all] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Exportar elegidas")')]);
    const patricio = readFileSync(await all.path(), 'utf8').split('\r\n').find((line) => line.startsWith('456;'));
    assert.match(patricio ?? '', /^456;Patricio López;92;/);
    await page.done();
  });

  test('months by keyboard, columns by choice', async () => {
    const page = await open(`/reactivacion?${story}`);
    await settled(page);
    const before = await page.textContent('.win-controls [role=status]');
    await page.focus('input[type=range]');
    await page.keyboard.press('End');
    await page.waitForFunction((text) => document.querySelector('.win-controls [role=status]').textContent !== text, before);
    assert.match(page.url(), /months=36/);
    await page.click('summary:has-text("Columnas")');
    await page.click('.menu-panel label:has-text("Correo")');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=columnheader]:has-text("Correo")');
    await page.done();
  });
});

describe('the overview', () => {
  test('numbers, charts, completeness and sources', async () => {
    const page = await open('/resumen');
    await page.waitForSelector('.uplot canvas');
    await page.waitForSelector('.kpi strong:has-text("$")');
    assert.equal(await page.locator('.source').count(), 3);
    assert.equal(await page.locator('.source:has-text("Al día")').count(), 3);
    assert.equal(await page.locator('.hours i').count(), 7 * 14);
    await page.click('summary:has-text("Ver como tabla")');
    assert.ok(await page.locator('.plain-table tbody tr').count() >= 24);
    await page.click('.segmented button:has-text("Todo")');
    await page.done();
  });
});

describe('every page', () => {
  const pages = ['/', `/clientes/123?${story}`, '/clientes', '/reactivacion', '/sincronizacion', '/sincronizacion?part=health', '/resumen'];
  for (const look of looks) {
    test(`can be used by everybody: ${look.language}, ${look.theme}, ${look.viewport.width} wide`, async () => {
      const found = [];
      for (const path of pages) {
        const page = await open(path, look);
        await page.waitForSelector('h1, h2', { state: 'attached' });
        await settled(page);
        if (path === '/resumen') await page.waitForSelector('.uplot canvas');
        assert.equal(await page.getAttribute('html', 'lang'), look.language);
        found.push(...(await findings(page)).map((one) => `${path} ${one}`));
        await fits(page, path);
        await page.done();
      }
      assert.deepEqual(found, []);
    });
  }

  test('language, theme, day and help are a menu away', async () => {
    const page = await open('/resumen');
    await page.click('.account');
    await page.click('.menu-panel button:has-text("English")');
    await page.waitForSelector('h1:has-text("Overview")');
    await page.click('.account');
    await page.click('.menu-panel button:has-text("Dark")');
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await page.fill('.menu-panel input[type=date]', '2024-03-14');
    await page.waitForSelector('.asof-banner:has-text("14 Mar 2024")');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await accessible(page, 'the help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+1');
    await page.waitForSelector('#search');
    assert.match(page.url(), /as_of=2024-03-14/);
    await page.done();
  });

  test('a server that stops answering is said, and asked again on demand', async () => {
    const page = await open('/', { faults: false });
    await page.waitForSelector('#search');
    await page.route('**/api/**', (route) => route.abort());
    await page.fill('#search', 'maria');
    await page.waitForSelector('.problem:has-text("El servidor no responde")');
    await page.unroute('**/api/**');
    await page.click('.problem button');
    await page.waitForSelector('#hits [role=option]');
    await page.done();
  });

  test('who leaves is at the door, with nothing kept', async () => {
    const page = await open('/resumen', { key: '' });
    await page.fill('.door input', READ_KEY);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.account');
    await page.click('.account');
    await page.waitForSelector('.menu-panel:has-text("Solo lectura")');
    await page.click('.menu-panel button:has-text("Salir")');
    await page.waitForSelector('.door');
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.done();
  });
});

describe('the sync', () => {
  const pending = async (page) => Number((await page.textContent('.counts .pending dd')).replaceAll('.', ''));

  test('is run and watched, and the queue is cleared by keyboard', async () => {
    const page = await open('/sincronizacion');
    await page.waitForSelector('.counts .pending dd:not(:has-text("…"))');
    await page.click('button:has-text("Sincronizar ahora")');
    await page.waitForSelector('.toast:has-text("Listo")', { timeout: 60_000 });
    await page.waitForSelector('.pair');
    const before = await pending(page);
    assert.ok(before >= 4, `${before} wait for a person`);
    assert.ok(await page.locator('.evidence li').count() >= 1);
    const name = () => page.textContent('.pair tbody tr:first-child td');
    const first = await page.textContent('.pair thead th:nth-child(2)');
    await page.keyboard.press('a');
    await page.waitForFunction((text) => document.querySelector('.pair thead th:nth-child(2)')?.textContent !== text, first);
    await page.waitForFunction((count) => Number(document.querySelector('.counts .pending dd').textContent) === count, before - 1);
    const second = await page.textContent('.pair thead th:nth-child(2)');
    await page.keyboard.press('r');
    await page.waitForFunction((count) => Number(document.querySelector('.counts .pending dd').textContent) === count, before - 2);
    await page.keyboard.press('u');       // the rejected one comes back
    await page.waitForFunction((text) => document.querySelector('.pair thead th:nth-child(2)')?.textContent === text, second);
    await page.keyboard.press('u');       // and the accepted one
    await page.waitForFunction((count) => Number(document.querySelector('.counts .pending dd').textContent) === count, before);
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.review-main [role=status]:has-text("2 de")');
    assert.ok(await name());
    await page.done();
  });

  test('a decision made by mouse shows in the guest\'s page', async () => {
    const page = await open('/sincronizacion');
    await page.waitForSelector('.pair');
    const record = (await page.textContent('.pair thead th:nth-child(2) .muted')).trim();
    const customer = (await page.textContent('.pair thead th:nth-child(4) .muted')).trim();
    const [answer] = await Promise.all([page.waitForResponse((one) => one.url().endsWith('/accept')), page.click('button:has-text("Sí, son la misma")')]);
    assert.equal(answer.status(), 200);
    await page.goto(`${BASE}/clientes/${customer}`);
    await page.waitForSelector(`.record:has-text("${record}")`);
    await page.done();
  });

  test('data health says what to do, and refused rows their reason', async () => {
    const page = await open('/sincronizacion?part=health');
    await page.waitForSelector('.finding .todo:has-text("Qué hacer")', { timeout: 60_000 });
    await page.waitForSelector('.plain-table tbody tr');
    await page.click('.segmented button:has-text("Filas rechazadas")');
    await page.waitForSelector('h2:has-text("Filas que no se pudieron usar")');
    await page.done();
  });

  test('a read-only key sees no button that writes', async () => {
    const page = await open('/sincronizacion', { key: READ_KEY, scope: 'read' });
    await page.waitForSelector('.pair');
    for (const name of ['Sincronizar', 'Sí, son', 'No, son', 'Deshacer']) assert.equal(await page.locator(`button:has-text("${name}")`).count(), 0, name);
    let wrote = false;
    page.on('request', (request) => { wrote ||= request.method() !== 'GET'; });
    await page.keyboard.press('a');
    await page.keyboard.press('r');
    await page.keyboard.press('u');
    await page.waitForSelector('.review-main');
    assert.equal(wrote, false);
    await page.done();
  });
});

// The desk, the lists of people and the shell, finding by finding, by mouse and by keyboard.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { BASE, KEY, wide, phone, story, open, accessible, fits, settled } from './browser.mjs';

const api = async (path, language = 'es') => (await fetch(`${BASE}/api/v1/aremko${path}`, { headers: { 'X-API-Key': KEY, 'Accept-Language': language } })).json();
const table = (query = '') => api(`/customers/table?as_of=2024-03-14&${query}`);
const status = (page) => page.textContent('.people-table-head [role=status], .win-controls [role=status]');
const count = (text) => Number(/^[\d.]+/.exec(text)[0].replaceAll('.', ''));

describe('searching', () => {
  test('four digits are the end of a phone; a client\'s number is asked for with #', async () => {
    const someone = (await table('limit=200')).customers.find((one) => /^\+569\d{8}$/.test(one.telefono ?? ''));
    const ending = someone.telefono.slice(-4);
    const page = await open('/');
    await page.fill('#search', ending);
    await page.waitForSelector(`#hits[data-query="${ending}"] [role=option]`);
    const first = await page.textContent('#hit-0');
    assert.match(first, new RegExp(`por teléfono.*${ending}`));
    assert.equal((await page.textContent('#hit-0 mark')).replace(/\s/g, ''), ending, 'what matched is marked');
    await page.fill('#search', `#${someone.id}`);
    await page.waitForSelector(`#hits[data-query="#${someone.id}"] [role=option]`);
    assert.equal(await page.locator('#hits [role=option]:has-text("por número de cliente")').count() >= 1, true);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/clientes/${someone.id}`);
    await page.done();
  });

  test('Enter before the answer opens the answer to just that text', async () => {
    const page = await open('/');
    await page.route('**/customers/search?*', async (route) => {
      await new Promise((go) => setTimeout(go, 300));
      await route.continue().catch(() => undefined);
    });
    await page.focus('#search');
    await page.keyboard.type('maria gonzalez');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.guest-name:has-text("María González")');
    await page.done();
  });

  test('a slip is marked where it was forgiven, and the old files are an icon with a name', async () => {
    const page = await open(`/?${story}`);
    await page.fill('#search', 'maria gonzales');
    await page.waitForSelector('#hit-0 mark:has-text("González")');
    await page.waitForSelector('#hit-0 .hit-also:has-text("también en los archivos antiguos")');
    await page.done();
  });

  test('nobody: what was typed can be taken along, and near names are offered', async () => {
    const page = await open('/');
    await page.fill('#search', 'González Zzyzxq');
    await page.waitForSelector('.empty:has-text("Nadie con esos datos")');
    await page.click('button:has-text("Copiar lo escrito")');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'González Zzyzxq');
    await page.click('.near a >> nth=0');
    await page.waitForSelector('.guest-name');
    await page.done();
  });

  test('nobody: the booking system is one click away, and nothing of what was typed goes there', async () => {
    const page = await open('/', { key: '' });
    await page.waitForSelector('.door');
    await page.fill('.door input', KEY);
    await page.keyboard.press('Enter');
    await page.fill('#search', 'González Zzyzxq');
    await page.waitForSelector('.empty:has-text("Nadie con esos datos")');
    const link = page.locator('a:has-text("Reservar en la agenda")');
    assert.equal(await link.getAttribute('href'), 'https://agenda.example.cl/nueva');
    assert.match(await link.getAttribute('rel'), /noopener/);
    await page.done();
  });

  test('a server that went away shows nobody of an earlier question, and is asked again by itself', async () => {
    const page = await open('/', { faults: false });
    await page.fill('#search', 'maria');
    await page.waitForSelector('#hits [role=option]');
    await page.route('**/customers/search?*', (route) => route.abort());
    await page.fill('#search', 'patricio');
    await page.waitForSelector('.problem:has-text("Se vuelve a intentar en")');
    assert.equal(await page.locator('#hits [role=option]').count(), 0);
    await page.unroute('**/customers/search?*');
    await page.waitForSelector('#hits [role=option]:has-text("Patricio")', { timeout: 12_000 });
    // Nor do the hits of before the failure come back under the next question while it waits.
    await page.route('**/customers/search?*', (route) => route.abort());
    await page.fill('#search', 'rosa');
    await page.waitForSelector('.problem');
    await page.unroute('**/customers/search?*');
    await page.route('**/customers/search?*', () => undefined);
    await page.fill('#search', 'rosa v');
    await page.waitForSelector('.problem', { state: 'detached' });
    assert.equal(await page.locator('#hits [role=option]').count(), 0);
    await page.done();
  });

  test('on a tablet the rows are whole', async () => {
    const page = await open(`/?${story}`, { viewport: { width: 1024, height: 768 } });
    await page.fill('#search', 'maria');
    await page.waitForSelector('#hits [role=option] .chip');
    const cut = await page.$$eval('#hits .hit, #hits .chip, #hits .hit-words', (all) => {
      const edge = document.getElementById('hits').getBoundingClientRect().right + 1;
      return all.filter((one) => one.getBoundingClientRect().right > edge || one.scrollWidth > one.clientWidth + 1).length;
    });
    assert.equal(cut, 0);
    await page.done();
  });
});

describe('a guest', () => {
  test('who it is and how to reach them stay in sight', async () => {
    const page = await open(`/clientes/123?${story}`);
    await page.waitForSelector('.message');
    const inSight = async (selector) => {
      const box = await page.locator(selector).first().boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= wide.height, `${selector} is in sight`);
    };
    for (const one of ['.guest-name', '.guest-reach a[href^="tel:"]', '.guest-reach a[href^="https://wa.me/"]', '.guest-reach button']) await inSight(one);
    await page.evaluate(() => { document.querySelector('.page').scrollTop = 1200; });
    for (const one of ['.guest-name', '.guest-reach a[href^="https://wa.me/"]']) await inSight(one);
    const [shown, whole] = await page.$eval('.message', (one) => [one.clientHeight, one.scrollHeight]);
    assert.ok(shown < whole, 'the message begins short');
    await page.click('button:has-text("Ver todo el mensaje")');
    await page.waitForFunction(() => { const one = document.querySelector('.message'); return one.clientHeight >= one.scrollHeight - 1; });
    await page.focus('#tab-attend');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('#tab-know[aria-selected=true]:focus');
    await page.waitForSelector('#rfm');
    await accessible(page, 'what a guest is like');
    await page.done();
  });

  test('what was noted of their visits lately stands under the name', async () => {
    const page = await open(null);
    await page.route('**/customers/123/profile?*', async (route) => {
      const answer = await route.fetch();
      const profile = await answer.json();
      profile.ojo.notas = [{ fecha: '2023-09-01T12:00:00', reserva: 1, texto: 'Embarazada: masaje suave', tipo: 'salud' }];
      await route.fulfill({ response: answer, json: profile });
    });
    await page.goto(`${BASE}/clientes/123?${story}`);
    await page.waitForSelector('.first:has-text("«Embarazada: masaje suave»")');
    assert.match(await page.textContent('.first:has-text("Embarazada")'), /^Salud:/);
    await page.done();
  });

  test('a price says for whom, and a span is one people say', async () => {
    const page = await open(`/clientes/123?${story}`);
    await page.waitForSelector('.message');
    const offer = await page.textContent('.offer');
    assert.match(offer, /para \d+ personas?/);
    assert.doesNotMatch(offer, /\d{3,} min/);
    const spans = (await table('limit=60&order=prioridad')).customers.map((one) => one.id);
    for (const id of spans.slice(0, 20)) {
      const draft = await (await fetch(`${BASE}/api/v1/aremko/customers/${id}/proposal?as_of=2024-03-14`, { headers: { 'X-API-Key': KEY } })).json().catch(() => ({}));
      assert.doesNotMatch(draft.mensaje ?? '', /\d{3,} min/);
    }
    await page.done();
  });

  test('their visits are asked for once', async () => {
    const page = await open(null);
    let asked = 0;
    page.on('request', (request) => { asked += /\/visits\?/.test(request.url()) ? 1 : 0; });
    await page.goto(`${BASE}/clientes/123?${story}`);
    await page.waitForSelector('.timeline-item');
    await page.click('#tab-know');
    await page.waitForSelector('#spending');
    assert.equal(asked, 1);
    await page.done();
  });

  test('of one visit nothing is drawn, of the house\'s own people only the history', async () => {
    const once = (await table('order=visitas&descending=false&min_visits=1&limit=1')).customers[0];
    const page = await open(`/clientes/${once.id}?${story}`);
    await page.waitForSelector('.numbers');
    await page.click('#tab-know');
    await page.waitForSelector('.tab-panel:has-text("Con tres visitas se verá")');
    assert.equal(await page.locator('#behaviour, #months, #spending').count(), 0);
    await page.route('**/customers/123/profile?*', async (route) => {
      const answer = await route.fetch();
      const profile = await answer.json();
      profile.basic_info.es_staff = true;
      await route.fulfill({ response: answer, json: profile });
    });
    await page.goto(`${BASE}/clientes/123?${story}`);
    await page.waitForSelector('.timeline-item');
    assert.equal(await page.locator('[role=tab], #rfm, #offer').count(), 0);
    await page.done();
  });

  test('words for one person, and Spanish as it is written', async () => {
    const page = await open(`/clientes/123?${story}`);
    await page.waitForSelector('.message');
    await page.click('#tab-know');
    await page.waitForSelector('#behaviour');
    const text = await page.textContent('.guest');
    assert.ok(text.includes('enero, febrero, diciembre') && text.includes('Transferencia'));
    const lost = (await table('segment=Lost&limit=1')).customers[0];
    await page.goto(`${BASE}/clientes/${lost.id}?${story}`);
    await page.waitForSelector('.guest-bar .chip:has-text("Una sola vez")');
    await page.done();
  });

  test('a number nobody has leads back', async () => {
    const page = await open('/clientes/99999999', { faults: false });
    await page.click('.empty a:has-text("Ir a recepción")');
    await page.waitForSelector('#search');
    for (const path of ['/nada', '/clientes/abc']) {
      await page.goto(BASE + path);
      await page.waitForSelector('.empty:has-text("Esta página no existe") a');
      await accessible(page, path);
    }
    const told = await fetch(`${BASE}/nada`, { headers: { Accept: 'application/json' } });
    assert.equal(told.status, 404);
    assert.match(told.headers.get('content-type'), /problem\+json/);
    await page.done();
  });
});

describe('customers', () => {
  test('money is read as Chile writes it, and said back', async () => {
    const page = await open(`/clientes?${story}`);
    await settled(page);
    const right = (await table('limit=1&min_spent=200000')).total_found;
    for (const typed of ['200.000', '$200.000', '200 mil', '200000']) {
      await page.fill('.filters label:has-text("Gasto, mínimo") input', typed);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.chips button:has-text("$200.000 o más")');
      await page.waitForFunction((wanted) => document.querySelector('.people-table-head [role=status]').textContent.startsWith(`${wanted} `), right.toLocaleString('es-CL', { useGrouping: 'always' }));
      await page.click('.chips button:has-text("$200.000 o más")');
      await page.waitForSelector('.chips', { state: 'detached' });
    }
    await page.done();
  });

  test('what a field cannot take is said in it, and gone with it', async () => {
    const page = await open(`/clientes?${story}`);
    await settled(page);
    const all = await status(page);
    for (const [field, typed] of [['Sin venir, meses', '999'], ['Sin venir, meses', '-5'], ['Visitas, mínimo', 'muchas'], ['Gasto, mínimo', 'doscientos']]) {
      await page.fill(`.filters label:has-text("${field}") input`, typed);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.filters label:has-text("${field}") [role=alert]`);
      assert.equal(await page.locator('.problem').count(), 0);
      assert.equal(await status(page), all);
      await page.fill(`.filters label:has-text("${field}") input`, '');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.filters [role=alert]', { state: 'detached' });
    }
    await page.goto(`${BASE}/clientes?${story}&months=999&spent=-5`);
    await settled(page);
    assert.equal(await page.locator('.problem').count(), 0);
    await page.done();
  });

  test('a refused question goes with the question', async () => {
    const page = await open(null, { faults: false });
    await page.route('**/customers/table?*ciudad=Osorno*', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"title":"x","status":500,"detail":"Falló"}' }));
    await page.goto(`${BASE}/clientes?${story}&city=Osorno`);
    await page.waitForSelector('.problem:has-text("Falló")');
    await page.click('.chips button:has-text("Osorno")');
    await page.waitForSelector('.vrow');
    assert.equal(await page.locator('.problem').count(), 0);
    await page.done();
  });

  test('a city by a part of its name, with how many live there; a region too', async () => {
    const page = await open(`/clientes?${story}`);
    await settled(page);
    const places = await api('/customers/places?as_of=2024-03-14');
    await page.focus('.place input');
    await page.keyboard.type('puerto');
    await page.waitForSelector('.places li:has-text("Puerto Montt")');
    const montt = places.ciudades.find((one) => one.nombre === 'Puerto Montt').customers;
    assert.equal((await page.textContent('.places li:has-text("Puerto Montt") .num')).replaceAll('.', ''), String(montt));
    await page.keyboard.press('Enter');  // what was typed, as a part
    await page.waitForSelector('.chips button:has-text("puerto")');
    await page.waitForFunction((wanted) => Number(document.querySelector('.people-table-head [role=status]').textContent.split(' ')[0].replaceAll('.', '')) === wanted, (await table('limit=1&ciudad=puerto')).total_found);
    assert.ok((await table('limit=1&ciudad=puerto')).total_found > montt);
    await page.fill('.place input', 'los lagos');
    await page.click('.places li:has-text("Región")');
    await page.waitForSelector('.chips button:has-text("Los Lagos")');
    await accessible(page, 'the filters');
    await page.done();
  });

  test('a movement opens its people; Back undoes it', async () => {
    const page = await open(`/clientes?${story}`);
    await page.waitForSelector('.flow');
    await settled(page);
    const all = await status(page);
    const flow = page.locator('.flow').filter({ hasNotText: 'Llegaron' }).first();
    const people = count(await flow.locator('b').textContent());
    await flow.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((wanted) => Number(document.querySelector('.people-table-head [role=status]').textContent.split(' ')[0].replaceAll('.', '')) === wanted, people);
    await page.waitForSelector('.chips button:has-text(" el ")');
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector('.people-table-head [role=status]').textContent === text, all);
    await page.fill('.two-days label:has-text("Desde") input', '2022-03-14');
    await page.waitForSelector('.flow');
    await page.click('.cell[data-cell="1 4"]');
    await page.waitForURL(/r=1&f=4/);
    await page.goBack();
    await page.waitForFunction(() => !/[?&]r=/.test(location.search));
    await page.done();
  });

  test('the map speaks in words', async () => {
    const page = await open(`/clientes?${story}`);
    await page.waitForSelector('.cell');
    const axes = await page.textContent('.map-wrap');
    for (const word of ['más de 1 año', 'hasta 1 mes', '1 visita', '20 o más']) assert.ok(axes.includes(word), word);
    assert.doesNotMatch(axes, /\bR 1\b|\bF 5\b/);
    assert.match(await page.textContent('.head p'), /millones$/);
    await page.done();
  });

  test('whoever came within the year has no priority, and nothing is red', async () => {
    const page = await open(`/clientes?${story}&order=ultima_visita`);
    await settled(page);
    assert.equal(await page.locator('.vrow >> nth=0 >> .priority').count(), 0);
    assert.equal(await page.locator('.hot').count(), 0);
    await page.done();
  });
});

describe('a list and its guests', () => {
  test('back to the same place, and on to the next by key', async () => {
    for (const by of ['mouse', 'keyboard']) {
      const page = await open(`/clientes?${story}&segment=Lost`);
      await settled(page);
      await page.locator('[role=grid]').scrollIntoViewIfNeeded();
      await page.evaluate(() => { document.querySelector('[role=grid]').scrollTop = 3000; });
      await page.waitForFunction(() => document.querySelector('.vrow:not(.loading)') && Number(document.querySelector('.vrow').getAttribute('aria-rowindex')) > 40);
      const row = page.locator('.vrow >> nth=8');
      const index = Number(await row.getAttribute('aria-rowindex')) - 1;
      await row.click();
      await page.waitForSelector(`.pager:has-text("${index} de")`);
      assert.equal(await page.getAttribute('.nav a:has-text("Clientes")', 'aria-current'), 'page');
      assert.equal(await page.locator('.desk-search').count(), 0);
      await page.waitForSelector('.guest-name');
      if (by === 'keyboard') await page.keyboard.press('j');
      else await page.click('.pager button[aria-label="Siguiente"]');
      await page.waitForSelector(`.pager:has-text("${index + 1} de")`);
      await page.waitForSelector('.guest-name');
      assert.doesNotMatch(page.url(), /segment|Lost/);
      if (by === 'keyboard') await page.keyboard.press('Escape');
      else await page.click('.pager button:has-text("Volver a la lista")');
      await page.waitForSelector('.vrow.active:not(.loading)');
      assert.match(page.url(), /segment=Lost/);
      assert.equal(Number(await page.getAttribute('.vrow.active', 'aria-rowindex')) - 1, index + 1);
      const top = await page.$eval('[role=grid]', (grid) => grid.scrollTop);
      assert.ok(Math.abs(top - 3000) < 200, `scrolled to ${top}`);
      await page.done();
    }
  });

  test('a page that was scrolled stands where it was', async () => {
    const page = await open(`/clientes?${story}`);
    await settled(page);
    await page.evaluate(() => { const page = document.querySelector('.page'); page.scrollTop = page.scrollHeight; });
    const top = await page.$eval('.page', (page) => page.scrollTop);
    await page.focus('[role=grid]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.pager');
    await page.goBack();
    await page.waitForFunction((top) => Math.abs(document.querySelector('.page').scrollTop - top) < 60, top);
    await page.done();
  });
});

describe('win back', () => {
  test('fifty in two steps, kept while one looks at a guest and elsewhere', async () => {
    const page = await open(`/reactivacion?${story}`);
    await settled(page);
    await page.fill('.first-many input', '50');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.win-controls [role=status]:has-text("50 elegidas")');
    await page.focus('[role=grid]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.pager:has-text("1 de 50")');
    await page.keyboard.press('j');
    await page.waitForSelector('.pager:has-text("2 de 50")');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.win-controls [role=status]:has-text("50 elegidas")');
    await page.click('.nav a:has-text("Clientes")');
    await page.waitForSelector('.cell');
    await page.click('.nav a:has-text("Reactiva")');
    await page.waitForSelector('.win-controls [role=status]:has-text("50 elegidas")');
    await page.done();
  });

  test('a range with shift, by mouse and by keyboard', async () => {
    const page = await open(`/reactivacion?${story}`);
    await settled(page);
    await page.click('.vrow[aria-rowindex="3"] .tick');
    await page.click('.vrow[aria-rowindex="9"] .tick', { modifiers: ['Shift'] });
    await page.waitForSelector('.win-controls [role=status]:has-text("7 elegidas")');
    await page.click('button:has-text("No elegir ninguna")');
    await page.focus('[role=grid]');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    for (let turn = 0; turn < 4; ++turn) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Space');
    await page.waitForSelector('.win-controls [role=status]:has-text("5 elegidas")');
    await page.done();
  });

  test('the same filters, sorting by heading, the name in sight, the reason in words', async () => {
    const page = await open(`/reactivacion?${story}`);
    await settled(page);
    assert.match(await page.textContent('.vrow [role=gridcell]:nth-child(4)'), /^Fue de los mejores \(VIP\).*sin venir/);
    assert.equal(await page.locator('.win .hot').count(), 0);
    await page.evaluate(() => { document.querySelector('[role=grid]').scrollLeft = 600; });
    const [name, grid] = await Promise.all([page.locator('.vrow >> nth=0 >> [role=gridcell] >> nth=1').boundingBox(), page.locator('[role=grid]').boundingBox()]);
    assert.ok(name.x >= grid.x && name.x < grid.x + 60, 'the name stays');
    await page.click('[role=columnheader] button:has-text("Gastado")');
    await page.waitForSelector('[role=columnheader][aria-sort=descending]:has-text("Gastado")');
    await settled(page);
    const all = await status(page);
    await page.selectOption('.filters select >> nth=0', 'At Risk');
    await page.waitForFunction((text) => document.querySelector('.win-controls [role=status]').textContent !== text, all);
    await page.fill('.filters label:has-text("Sin escribirle, días") input', '90');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.chips button:has-text("Sin escribirle hace 90 días")');
    await settled(page);
    assert.equal(count(await status(page)), (await table('months=12&limit=1&segment=At%20Risk&unwritten_days=90')).total_found);
    await page.done();
  });

  test('a light question, once, and a page to print', async () => {
    const page = await open(null);
    const asked = [];
    page.on('request', (request) => { if (request.url().includes('/api/') && !/sources/.test(request.url())) asked.push(new URL(request.url()).pathname); });
    await page.goto(`${BASE}/reactivacion?${story}`);
    await settled(page);
    assert.deepEqual(asked, ['/api/v1/aremko/customers/table']);
    await page.click('.vrow[aria-rowindex="2"] .tick');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('.printed tbody tr').count(), 1);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.click('button:has-text("No elegir ninguna")');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('.printed tbody tr').count(), 50);
    await page.done();
  });
});

describe('the shell', () => {
  test('a letter in the first second of a page is no second half of G', async () => {
    const page = await open(`/resumen?${story}`);
    await page.waitForSelector('h1');
    await page.evaluate(() => {
      const key = new KeyboardEvent('keydown', { key: 'v', bubbles: true });
      Object.defineProperty(key, 'timeStamp', { value: 5 });
      document.body.dispatchEvent(key);
    });
    assert.match(page.url(), /\/resumen/);
    await page.done();
  });

  test('goes, finds and does by one key', async () => {
    const page = await open(`/resumen?${story}`);
    await page.waitForSelector('h1');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('.palette input:focus');
    await accessible(page, 'the palette');
    await page.keyboard.type('maria gonz');
    await page.waitForSelector('.palette [role=option]:has-text("María González")');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.guest-name:has-text("María González")');
    await page.waitForSelector('.message');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('copiar');
    await page.waitForSelector('.palette [role=option]:has-text("Copiar")');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast:has-text("Copiado")');
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await page.waitForURL('**/reactivacion?*');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('oscuro');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.palette', { state: 'detached' });
    await page.done();
  });

  test('another page has the focus on its heading and is announced', async () => {
    const page = await open('/resumen');
    await page.waitForSelector('h1');
    for (const [key, name] of [['Alt+2', 'Clientes y segmentos'], ['Alt+3', 'Reactivación'], ['Alt+5', 'Resumen']]) {
      await page.keyboard.press(key);
      await page.waitForFunction((text) => document.activeElement?.matches('h1') && document.activeElement.textContent === text, name);
    }
    await page.waitForSelector('[aria-live=polite]:has-text("Resumen")', { state: 'attached' });
    await page.click('h1');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.page')).outlineStyle), 'none');
    await page.done();
  });

  test('a page that cannot be fetched is asked for again when the server is back', async () => {
    const page = await open(null, { faults: false });
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    await page.route('**/assets/Overview-*.js', (route) => route.abort());
    await page.goto(`${BASE}/`);
    await page.waitForSelector('#search');
    await page.keyboard.press('Alt+5');
    await page.waitForSelector('.problem:has-text("El servidor no responde")');
    await page.unroute('**/assets/Overview-*.js');
    await page.waitForSelector('h1:has-text("Resumen")', { timeout: 15_000 });
    await page.done();
  });

  test('the other pages come while nothing is done', async () => {
    const page = await open('/', { faults: false });
    await page.waitForSelector('#search');
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((one) => /Reactivation-.*\.js/.test(one.name)), null, { timeout: 20_000 });
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((one) => /Overview-.*\.js/.test(one.name)), null, { timeout: 20_000 });
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.keyboard.press('Alt+3');
    await page.waitForSelector('h1:has-text("Reactivación")');
    await page.done();
  });

  test('the icon is kept for ever', async () => {
    const icon = /href="(\/assets\/icon-[^"]+\.svg)"/.exec(await (await fetch(BASE)).text())[1];
    assert.match((await fetch(BASE + icon)).headers.get('cache-control'), /immutable/);
  });

  test('English is English', async () => {
    const page = await open(`/clientes/123?${story}`, { language: 'en' });
    await page.waitForSelector('.message');
    const text = (await page.textContent('.guest')).replaceAll('\u00a0', ' ');
    assert.ok(text.includes('$680,000') && text.includes('2.7 of 5'));
    assert.doesNotMatch(text, /\$680\.000|2,7 of 5/);
    await fits(page, 'a guest in English');
    await page.done();
  });

  test('on a phone a guest of a list has a way back and on', async () => {
    const page = await open(`/reactivacion?${story}`, { viewport: phone });
    await settled(page);
    await page.click('.vrow >> nth=2 >> [role=gridcell] >> nth=1');
    await page.waitForSelector('.pager:has-text("3 de")');
    await page.click('.pager button[aria-label="Siguiente"]');
    await page.waitForSelector('.pager:has-text("4 de")');
    await fits(page, 'a guest of a list');
    await page.click('.pager button:has-text("Volver a la lista")');
    await page.waitForSelector('.vrow');
    await page.done();
  });
});

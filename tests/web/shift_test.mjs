// A receptionist's shift: whom the search opens, what is to be done, who comes today, people of the old files, and the owner's settings.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { BASE, KEY, story, accessible, fits, open, phone, settled } from './browser.mjs';

const send = (path, init = {}) => fetch(`${BASE}/api/v1/aremko${path}`, { ...init, headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' } });
const ask = async (path) => (await send(path)).json();
/** An answer of the real server, changed. */
const changed = (page, path, change) => page.route(path, async (route) => {
  const response = await route.fetch();
  const json = await response.json();
  change(json, route.request());
  await route.fulfill({ response, json });
});

describe('the search', () => {
  test('who answers best is first, whichever files they stand in', async () => {
    const page = await open(null);
    await changed(page, '**/customers/search*', (found) => {
      const one = found.current_matches[0];
      found.current_matches = [{ ...one, id: 7, nombre: 'Otra Persona', score: 71 }, { ...one, id: 8, nombre: 'Igual Puntaje', score: 60 }];
      found.legacy_matches = [
        { ...one, legacy_id: '900', record_id: '900', nombre: 'Exacta Persona', score: 100, customer_id: null, origin: 'customers_file' },
        { ...one, legacy_id: '901', record_id: '901', nombre: 'Igual Antigua', score: 60, customer_id: null, origin: 'customers_file' },
      ];
    });
    await page.goto(BASE);
    await page.fill('#search', 'maria');
    await page.waitForSelector('.hit');
    assert.deepEqual((await page.$$eval('.hit-top > .hit-words', (all) => all.map((one) => one.textContent))), ['Exacta Persona', 'Otra Persona', 'Igual Puntaje', 'Igual Antigua']);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/historicos\/900/);
    page.wrong.length = 0;  // there is no such record
    await page.done();
  });
});

describe('what is to be done', () => {
  const list = (page, asked) => changed(page, '**/aremko/today*', (data, request) => {
    const limit = Number(new URL(request.url()).searchParams.get('todo_limit') ?? 10);
    asked.push(limit);
    const one = (index) => ({ tipo: 'pago_pendiente', customer_id: 123 + index, nombre: `Persona ${index}`, telefono: null, channels: [], fecha: `${data.date}T10:00:00`, monto: 5000, vence: null, encuesta_nps: null, dijo: null });
    data.por_hacer = [{ ...one(0), tipo: 'responder', monto: 0, dijo: '¿Tienen hora el sábado para dos?' }, ...Array.from({ length: Math.min(limit, 30) }, (_, index) => one(index + 1))];
    data.por_hacer_total = [{ tipo: 'responder', total: 1 }, { tipo: 'pago_pendiente', total: 30 }];
  });

  test('says what they wrote, is ticked and stays so on this device, and opens whole', async () => {
    const page = await open(null);
    const asked = [];
    await list(page, asked);
    await page.goto(BASE);
    await page.waitForSelector('.task-said:has-text("¿Tienen hora el sábado para dos?")');
    assert.match(await page.textContent('#tasks'), /\(31\)/);
    await page.check('.task-row:has-text("Responder a Persona 0") input');
    await page.waitForSelector('.task-row.done:has-text("Responder a Persona 0")');
    assert.match(await page.textContent('#tasks'), /\(30\)/);
    assert.match(await page.textContent('.tasks'), /solo en este equipo/);
    await page.click('button:has-text("Ver 20 más")');
    await page.waitForFunction(() => document.querySelectorAll('.task-row').length === 31);
    assert.equal(asked.at(-1), 1000);
    await page.reload();
    await page.waitForSelector('.task-row.done:has-text("Responder a Persona 0")');
    assert.equal(await page.locator('.task-row.done').count(), 1);
    await page.uncheck('.task-row.done input');
    await page.waitForFunction(() => !document.querySelector('.task-row.done'));
    assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes('Persona'), 'no name is kept');
    await accessible(page, 'the list of the day');
    await page.setViewportSize(phone);
    await fits(page, 'the list of the day on a phone');
    await page.done();
  });
});

describe('a guest', () => {
  test('who comes today is told so, and sold nothing', async () => {
    const page = await open(null);
    const text = '¡Hola María! Te esperamos hoy a las 16:00 en Aremko 💙\n';
    await changed(page, '**/customers/123/offer*', (offer) => Object.assign(offer, { items: [], precio_lista: 0, precio_final: 0, descuento_porcentaje: 0, motivo: 'Viene hoy: se le espera, no se le ofrece nada.', mensaje: text }));
    await changed(page, '**/customers/123/proposal*', (draft) => { draft.mensaje = text; draft.hechos.ofertas = []; draft.hechos.regalo = null; });
    await page.goto(`${BASE}/clientes/123`);
    await page.waitForSelector('.offer .message:has-text("Te esperamos hoy a las 16:00")');
    const offer = await page.textContent('.offer');
    assert.ok(!offer.includes('$') && !offer.includes('Pack') && !offer.includes('catálogo'), offer);
    assert.match(offer, /Qué escribirle.*Viene hoy/);
    assert.ok(await page.locator('.guest-reach a[href*="wa.me"]').getAttribute('href').then((href) => decodeURIComponent(href).includes('hoy a las 16:00')));
    await page.done();
  });

  test('a survey of long ago is no warning', async () => {
    for (const [fecha, warns] of [['2019-05-01T10:00:00', false], ['2024-02-01T10:00:00', true]]) {
      const page = await open(null);
      await changed(page, '**/customers/123/profile*', (profile) => {
        profile.encuestas = [{ reserva: null, visita: null, fecha, nps: 2, notas: {}, le_gusto: null, decepcion: 'Agua fría', sugerencias: null, requiere_seguimiento: false }];
      });
      await page.goto(`${BASE}/clientes/123?${story}`);
      await page.waitForSelector('#surveys');
      assert.equal(await page.locator('.first:has-text("puso 2 de 10")').count(), warns ? 1 : 0);
      assert.equal(await page.locator('.tag.bad:has-text("2 de 10")').count(), warns ? 1 : 0);
      await page.done();
    }
  });

  test('the shorter column stays in sight to the end', async () => {
    const page = await open(`/clientes/123?${story}`);
    await page.waitForSelector('.message');
    await settled(page);
    for (const share of [0.5, 1]) {
      await page.evaluate((share) => { const page = document.querySelector('.page'); page.scrollTop = share * (page.scrollHeight - page.clientHeight); }, share);
      await page.waitForTimeout(100);
      const seen = await page.$$eval('.guest-columns > div', (all) => all.map((one) => { const box = one.getBoundingClientRect(); return Math.min(box.bottom, innerHeight) - Math.max(box.top, 0); }));
      for (const height of seen) assert.ok(height > 300, `at ${share} a column shows ${seen}`);
    }
    await page.done();
  });

  test('both of a pair in the queue say so', async () => {
    const [pair] = (await ask('/duplicates?limit=1')).pairs;
    for (const id of [pair.kept.customer.id, pair.other.customer.id]) {
      const page = await open(`/clientes/${id}`);
      await page.waitForSelector('.twin:has-text("Quizá es la misma que")');
      await page.done();
    }
  });

  test('the banner comes when the comparison of everybody is there', async () => {
    const [pair] = (await ask('/duplicates?limit=1')).pairs;
    const page = await open(null);
    let times = 0;
    await changed(page, '**/duplicates*', (found) => { if (++times === 1) Object.assign(found, { ready: false, pairs: [] }); });
    await page.goto(`${BASE}/clientes/${pair.kept.customer.id}`);
    await page.waitForSelector('.twin:has-text("Quizá es la misma que")');
    await page.done();
  });
});

describe('somebody of the old files', () => {
  const alone = async () => {
    const { customers } = await ask('/legacy/customers?limit=200');
    for (const one of customers) {
      if (one.customer_id !== null || one.origin !== 'customers_file') continue;
      const profile = await ask(`/legacy/customers/${one.legacy_id}`);
      if (profile.service_preferences.length === 0 || !/^\+569\d{8}$/.test(profile.basic_info.telefono ?? '')) continue;
      if ((await ask(`/legacy/customers/${one.legacy_id}/offer`)).channels.includes('whatsapp')) return one;
    }
    return assert.fail('nobody stands in the files alone');
  };

  test('has what a guest has: favourites, an offer, a message and WhatsApp', async () => {
    const one = await alone();
    const page = await open(`/historicos/${one.legacy_id}`);
    await page.waitForSelector('.offer .message');
    await settled(page);
    assert.match(await page.textContent('.offer'), /para \d+ personas?/);
    assert.match(await page.textContent('.guest-bar'), /WhatsApp/);
    assert.ok(!(await page.textContent('.guest-head')).includes('n.º'), 'no number of a record');
    await page.waitForSelector('#favourites');
    await page.focus('#tab-attend');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('#rfm');
    await accessible(page, 'somebody of the old files');
    for (const width of [320, 390, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      await fits(page, `somebody of the old files in ${width}`);
    }
    await page.done();
  });

  test('is linked to whomever one names, and taken back as it was', async () => {
    const one = await alone();
    const page = await open(`/historicos/${one.legacy_id}`);
    await page.click('button:has-text("Vincular con un cliente de hoy")');
    await page.waitForSelector('#link-search:focus');
    await page.fill('#link-search', 'maría gonzález');
    const row = page.locator('.record:has-text("n.º 123")').last();
    await row.locator('button:has-text("Vincular igual")').click();
    assert.ok(await row.locator('button[type=submit]').isDisabled(), 'not without a reason');
    await row.locator('.record-ask input').fill('lo dijo por teléfono');
    await row.locator('button[type=submit]').click();
    await page.waitForURL(/\/clientes\/123$/);
    await page.click('.toast button:has-text("Deshacer")');
    await page.waitForURL(/\/historicos\//);
    await page.waitForSelector('.guest:has-text("Todavía no está vinculada")');
    assert.equal(await page.locator('a:has-text("Ver la ficha de cliente")').count(), 0);
    await page.waitForSelector('#candidates');
    await page.done();
  });
});

describe('what was decided', () => {
  test('is on the page though it is published after its answer', async () => {
    const [linked] = (await ask('/mappings?status=active&limit=1')).mappings;
    const before = await ask(`/customers/${linked.current_id}/profile`);
    const page = await open(null);
    let stale = 0;  // the server answers twice as it was before
    await page.route(`**/customers/${linked.current_id}/profile*`, async (route) => (stale-- > 0 ? route.fulfill({ json: before }) : route.continue()));
    await page.goto(`${BASE}/clientes/${linked.current_id}`);
    const row = page.locator(`.record:has-text("${linked.legacy_id}")`);
    await row.locator('button:has-text("Desvincular")').click();
    stale = 2;
    await row.locator('.record-ask button[type=submit]').click();
    await row.waitFor({ state: 'detached' });
    await page.click('.toast button:has-text("Deshacer")');
    await row.waitFor();
    await page.done();
  });
});

describe('the list of whom to win back', () => {
  test('a reason is read whole at 1440', async () => {
    const page = await open('/reactivacion');
    await page.waitForSelector('.two-lines');
    await settled(page);
    const cut = await page.$$eval('.two-lines', (all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1 && !one.title).length);
    assert.equal(cut, 0);
    assert.equal(await page.$$eval('.two-lines', (all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length), 0);
    await page.done();
  });
});

describe('the owner', () => {
  const dismiss = async () => {
    for (const one of (await ask('/staff')).people.filter((each) => each.revoked === null)) await send(`/staff/${one.id}/revoke`, { method: 'POST', body: '{}' });
  };
  after(dismiss);

  test('finds the settings in the navigation, and makes and removes people there', async () => {
    await dismiss();
    await send('/staff', { method: 'POST', body: JSON.stringify({ name: 'Dueña', role: 'owner', pin: '482915' }) });
    const page = await open('/', { key: '', faults: false });
    await page.fill('.door label:has-text("Su nombre") input', 'Dueña');
    await page.fill('.door label:has-text("PIN") input', '482915');
    await page.keyboard.press('Enter');
    await page.click('.nav a:has-text("Ajustes")');
    await page.waitForSelector('.nav a[aria-current=page]:has-text("Ajustes")');
    await page.fill('.settings-form input[name=name]', 'Rosa');
    await page.fill('.settings-form input[name=pin]', '12');
    await page.click('.settings-form button[type=submit]');
    await page.waitForSelector('.fault:has-text("al menos 6 cifras")');
    await page.fill('.settings-form input[name=pin]', '482916');
    await page.click('.settings-form button[type=submit]');
    await page.waitForSelector('.toast:has-text("Rosa ya puede entrar")');
    await page.click('.settings-row:has-text("Rosa") button:has-text("Quitar")');
    await page.click('.settings-row button:has-text("Sí, quitar")');
    await page.waitForSelector('.toast:has-text("Rosa ya no entra")');
    await page.context().close();
  });
});

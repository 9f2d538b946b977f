// People of the house: the settings, the door by name and PIN, the lock, what each role is shown, and lists taken away.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { BASE, KEY, story, phone, open, accessible, fits, settled, slow } from './browser.mjs';

const api = (path, init = {}) => fetch(`${BASE}/api/v1/aremko${path}`, { ...init, headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json', ...init.headers } });
const post = (path, body = {}) => api(path, { method: 'POST', body: JSON.stringify(body) });
const everybody = async () => (await (await api('/staff')).json()).people.filter((one) => one.revoked === null);
const dismiss = async () => {
  for (const one of await everybody()) await post(`/staff/${one.id}/revoke`);
};
const hire = async (name, role, pin = '482915') => (await (await post('/staff', { name, role, pin })).json()).id;

/** The page of somebody who signed in at the door. */
async function signedIn(name, path = '/', options = {}) {
  const page = await open('/', { key: '', faults: false, ...options });
  await page.waitForSelector('.door input[type=password]');
  await page.fill('.door label:has-text("Su nombre") input', name);
  await page.fill('.door label:has-text("PIN") input', '482915');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#search');
  if (path !== '/') await page.goto(BASE + path);
  return page;
}

// Others' tests find the door as it is where nobody works.
before(dismiss);
after(dismiss);

describe('settings', () => {
  test('a person is added, given another role and a new PIN, and removed', async () => {
    const page = await open('/ajustes');
    await page.waitForSelector('h1:has-text("Ajustes")');
    await page.fill('.settings-form input[name=name]', 'Rosa');
    await page.fill('.settings-form input[name=pin]', '123456');
    page.wrong.length = 0;
    await page.click('.settings-form button[type=submit]');
    await page.waitForSelector('.toast:has-text("Se adivina")');
    page.wrong.length = 0;  // the browser tells its console of a 422
    await page.fill('.settings-form input[name=pin]', '482915');
    await page.click('.settings-form button[type=submit]');
    await page.waitForSelector('.toast:has-text("Rosa ya puede entrar")');
    await page.selectOption('.settings-row:has-text("Rosa") select', 'marketing');
    await page.waitForSelector('.toast:has-text("Cambió el rol de Rosa")');
    assert.equal((await everybody())[0].role, 'marketing');
    await page.click('.settings-row:has-text("Rosa") button:has-text("PIN nuevo")');
    await page.fill('.settings-row input[type=password]', '918273');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast:has-text("PIN nuevo")');
    for (const width of [320, 390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await fits(page, `settings at ${width}`);
    }
    await accessible(page, 'settings');
    await page.click('.settings-row:has-text("Rosa") button:has-text("Quitar")');
    await page.click('.settings-row button:has-text("Sí, quitar")');
    await page.waitForSelector('.toast:has-text("Rosa ya no entra")');
    await page.waitForSelector('summary:has-text("ya no entra")');
    await page.done();
  });

  test('a key is made, shown once and revoked', async () => {
    const page = await open('/ajustes', { language: 'es', theme: 'dark' });
    await page.click('.segmented button:has-text("Claves")');
    await page.fill('.settings-form input', 'página web');
    await page.click('.settings-form button[type=submit]');
    const key = await page.textContent('.settings-form code');
    assert.equal((await api('/session', { headers: { 'X-API-Key': key } })).status, 200);
    await page.waitForSelector('.settings-row:has-text("página web")');
    await accessible(page, 'keys');
    await page.click('.settings-row:has-text("página web") button');
    await page.waitForSelector('.toast:has-text("Clave anulada")');
    assert.equal((await api('/session', { headers: { 'X-API-Key': key } })).status, 401);
    await page.done();
  });
});

describe('the door', () => {
  test('name and PIN, a wrong one told, a new tab and the next morning without a key', async () => {
    await hire('María José', 'reception');
    const page = await open('/', { key: '', faults: false });
    await page.waitForSelector('.door label:has-text("Su nombre")');
    await accessible(page, 'the door of people');
    await page.keyboard.type('maria jose');
    await page.keyboard.press('Tab');
    await page.keyboard.type('000001');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault:has-text("no corresponden")');
    await page.keyboard.type('482915');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#search');
    const cookies = await page.context().cookies();
    for (const one of cookies) assert.deepEqual([one.httpOnly, one.sameSite, one.path], [true, 'Strict', '/']);
    assert.deepEqual(cookies.map((one) => one.name).sort(), ['aremko_device', 'aremko_session']);
    assert.equal(await page.evaluate(() => document.cookie + JSON.stringify(sessionStorage) + JSON.stringify(localStorage)).then((all) => cookies.some((one) => all.includes(one.value))), false);

    const other = await page.context().newPage();
    await other.goto(`${BASE}/clientes/123?${story}`);
    await other.waitForSelector('.guest-name:has-text("María González")');
    await other.close();

    await page.click('.account');
    await page.click('.menu-panel button:has-text("Salir")');
    await page.waitForSelector('.door-names button:has-text("María José")');  // the device is remembered
    await page.keyboard.type('482915');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#search');
    await page.done();
  });

  test('locked, the page waits as it was, and is not to be seen', async () => {
    const page = await signedIn('María José', `/clientes/123?${story}`);
    await page.waitForSelector('.guest-name:has-text("María González")');
    await page.fill('#search', 'patricio');
    await page.waitForSelector('#hits [role=option]');
    await page.click('.account');
    await page.click('.menu-panel button:has-text("Bloquear")');
    await page.waitForSelector('dialog.lock[open]');
    await accessible(page, 'the lock');
    assert.equal(await page.isVisible('.guest-name'), false);
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('dialog.lock'), true);
    assert.equal((await page.evaluate(() => fetch('/api/v1/aremko/customers/123/profile'))) === undefined, false);
    assert.equal(await page.evaluate(async () => (await fetch('/api/v1/aremko/customers/123/profile')).status), 401);
    await page.fill('dialog.lock input', '000001');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog.lock .fault:has-text("no corresponden")');
    await page.fill('dialog.lock input', '482915');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog.lock', { state: 'detached' });
    assert.equal(await page.inputValue('#search'), 'patricio');
    assert.equal(await page.isVisible('.guest-name, #hits'), true);
    assert.equal(await page.evaluate(async () => (await fetch('/api/v1/aremko/customers/123/profile')).status), 200);
    await page.done();
  });

  test('what was refused while the page was locked is asked again', async () => {
    const page = await signedIn('María José');
    let let_go;
    const held = new Promise((settle) => { let_go = settle; });
    await page.route('**/customers/123/profile*', async (route) => { await held; await route.continue(); });
    await page.goto(`${BASE}/clientes/123?${story}`);
    await page.waitForSelector('.skeleton');
    await page.click('.account');
    await page.click('.menu-panel button:has-text("Bloquear")');
    await page.waitForSelector('dialog.lock[open]');
    const refused = page.waitForResponse((answer) => answer.url().includes('/customers/123/profile') && answer.status() === 401);
    await page.evaluate(async () => { while ((await fetch('/api/v1/aremko/session')).status !== 401) await new Promise((next) => setTimeout(next, 50)); });
    let_go();
    await refused;
    await page.fill('dialog.lock input', '482915');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.guest-name:has-text("María González")');
    await page.done();
  });

  test('another person who comes in by another tab is shown no answer of the one before', async () => {
    await hire('Rosa Vera', 'owner', '730416');
    const page = await signedIn('María José', `/clientes/123?${story}`);
    await page.waitForSelector('.guest-name:has-text("María González")');
    await page.click('.account');
    await page.click('.menu-panel button:has-text("Bloquear")');
    await page.waitForSelector('dialog.lock[open]');
    const asked = [];
    page.on('request', (request) => request.url().includes('/customers/123/profile') && asked.push(request.url()));
    const tab = await page.context().newPage();
    await tab.goto(BASE);
    await tab.click('.door-names .quiet');  // somebody else
    await tab.fill('.door label:has-text("Su nombre") input', 'Rosa Vera');
    await tab.fill('.door label:has-text("PIN") input', '730416');
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('#search');
    await page.waitForSelector('dialog.lock', { state: 'detached' });
    await page.waitForSelector('.account:has-text("Rosa Vera")');
    await page.waitForSelector('.guest-name:has-text("María González")');
    assert.equal(asked.length, 1);
    await page.done();
  });

  test('an untouched page locks itself', async () => {
    const page = await signedIn('María José');
    await page.clock.install();
    await page.reload();
    await page.waitForSelector('#search');
    await page.clock.fastForward('16:00');
    await page.waitForSelector('dialog.lock[open]');
    await page.done();
  });

  test('another site\'s page changes nothing by the cookie', async () => {
    const page = await signedIn('María José');
    const statuses = await page.evaluate(async () => {
      const post = async (headers) => (await fetch('/api/v1/aremko/refresh', { method: 'POST', headers })).status;
      return [await post({}), await post({ 'X-Aremko-Session': '1' })];
    });
    assert.deepEqual(statuses, [403, 200]);
    await page.done();
  });

  test('who is removed is out within two seconds', async () => {
    const id = await hire('Eva', 'reception');
    const page = await signedIn('Eva');
    await post(`/staff/${id}/revoke`);
    const gone = Date.now();
    await page.waitForFunction(async () => (await fetch('/api/v1/aremko/session')).status === 401, null, { timeout: slow });
    assert.ok(Date.now() - gone < 2_000);
    await page.fill('#search', 'maria');
    await page.waitForSelector('dialog.lock[open]');
    await page.done();
  });

  test('reception takes no list away and has no settings', async () => {
    const page = await signedIn('María José', '/reactivacion');
    await settled(page);
    for (const path of ['/reactivacion', '/clientes']) {
      if (!page.url().endsWith(path)) await page.goto(BASE + path);
      await settled(page);
      assert.equal(await page.locator('button:has-text("Exportar"), button:has-text("Para escribir")').count(), 0, path);
    }
    await page.click('.account');
    assert.equal(await page.locator('.menu-panel a:has-text("Ajustes")').count(), 0);
    assert.equal(await page.evaluate(async () => (await fetch('/api/v1/aremko/exports', { method: 'POST', body: '{}', headers: { 'X-Aremko-Session': '1' } })).status), 403);
    await page.goto(`${BASE}/ajustes`);
    await page.waitForSelector('.empty');
    await page.done();
  });
});

describe('lists taken away', () => {
  test('fifty people with phone, message and offer, in few actions', async () => {
    await hire('Marta', 'marketing');
    const page = await signedIn('Marta', `/reactivacion?${story}`);
    await settled(page);
    await page.click('button:has-text("Para escribir")');                       // 1
    await page.waitForSelector('dialog.export[open]');
    await accessible(page, 'the export dialog');
    await page.fill('dialog.export label:has-text("Solo las primeras") input', '50');  // 2, 3
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 3 * slow }), page.click('dialog.export button:has-text("Descargar")')]);  // 4
    assert.equal(download.suggestedFilename(), 'whatsapp-2024-03-14.xlsx');
    assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK');
    await page.waitForSelector('dialog.export .export-done:has-text("personas")');
    await page.click('dialog.export .segmented button:has-text("CSV")');
    const [csv] = await Promise.all([page.waitForEvent('download', { timeout: 3 * slow }), page.click('dialog.export button:has-text("Descargar")')]);
    const text = readFileSync(await csv.path(), 'utf8');
    assert.ok(text.startsWith('\ufeffNombre;Teléfono;Mensaje;Oferta;Vence;Ojo\r\n'), text.slice(0, 80));
    assert.match(text, /\+56 9 \d{4} \d{4};"?¡Hola/);
    const audit = (await (await api('/audit?limit=3')).json()).entries;
    assert.equal(audit[0].action, 'people.export');
    assert.equal(audit[0].actor_label, 'Marta');
    assert.equal(audit[0].after.filter.first, 50);
    assert.equal(audit[0].after.rows + Object.values(audit[0].after.left_out).reduce((all, one) => all + one, 0), 50);
    await page.done();
  });

  test('what was taken away is listed: who, when, how many, by which filter, who was left out', async () => {
    for (const body of [{ purpose: 'tabla', format: 'csv', list: 'reactivacion', months: 24, segment: 'At Risk', as_of: '2024-03-14' }, { purpose: 'correo', list: 'clientes', min_spent: 200000, first: 30 }]) {
      assert.equal((await post('/exports', body)).status, 200);
    }
    const page = await open('/ajustes');
    await page.click('.segmented button:has-text("Actividad")');
    await page.waitForSelector('tbody tr');
    const [mail, table] = await page.$$eval('tbody tr', (all) => all.slice(0, 2).map((one) => one.innerText.replace(/\s+/g, ' ')));
    assert.match(mail, /Correo Excel .*Clientes · \$200\.000 o más · las primeras 30/);
    assert.match(table, /^\d{1,2} \w{3} \d{4} \d\d:\d\d .+ Tabla CSV \d+ \d+ Reactivación · En riesgo · .*24 meses.* al 14 mar 2024$/);
    await accessible(page, 'the exports');
    await fits(page, 'the exports');
    await page.done();
  });

  test('everybody for WhatsApp leaves out who must not be contacted, and says so', async () => {
    const page = await signedIn('Marta', `/clientes?${story}`);
    await settled(page);
    await page.click('button:has-text("Para escribir")');
    await page.click('dialog.export .segmented button:has-text("Correo")');
    await Promise.all([page.waitForEvent('download', { timeout: 6 * slow }), page.click('dialog.export button:has-text("Descargar")')]);
    await page.waitForSelector('.export-done:has-text("Se dejaron fuera")');
    assert.match(await page.textContent('.export-done'), /que no quieren ser contactadas/);
    await page.done();
  });

  test('on a phone, too', async () => {
    const page = await signedIn('Marta', `/reactivacion?${story}`, { viewport: phone });
    await settled(page);
    await page.click('button:has-text("Para escribir")');
    await page.waitForSelector('dialog.export[open]');
    await fits(page, 'the export dialog on a phone');
    assert.ok(await page.evaluate(() => document.querySelector('dialog.export').scrollWidth <= document.querySelector('dialog.export').clientWidth + 1));
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.export', { state: 'detached' });
    await page.done();
  });
});

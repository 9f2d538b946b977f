// Decisions one can trust to others: nothing decided unseen, everything listed and taken back, duplicates merged and parted.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessible, BASE, fits, KEY, open, phone, READ_KEY, settled } from './browser.mjs';

const seen = (page) => page.waitForSelector('.review[data-ready]');
const record = (page) => page.textContent('.pair thead th:nth-child(2)');
const another = (page, than) => page.waitForFunction((text) => document.querySelector('.pair thead th:nth-child(2)')?.textContent !== text, than);

async function api(path, { method = 'GET', body, key = KEY } = {}) {
  const answer = await fetch(`${BASE}/api/v1/aremko${path}`, {
    method, headers: { 'X-API-Key': key, 'Content-Type': 'application/json', 'Accept-Language': 'es' }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, data: await answer.json() };
}

/** Every request that decides, and how often each address was asked for. */
function listen(page) {
  const decided = [], asked = new Map();
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (request.method() === 'POST' && /\/(accept|reject|unlink|undo|duplicates)$/.test(path)) decided.push(path);
    if (request.method() === 'GET' && path.includes('/explanation')) asked.set(path, (asked.get(path) ?? 0) + 1);
  });
  return { decided, asked };
}

describe('the review', () => {
  test('a key that is held decides once, and nothing that was not looked at is decided', async () => {
    const page = await open(null);
    const { decided } = listen(page);
    await page.addInitScript(() => new MutationObserver((_, watch) => {
      if (!document.querySelector('.pair')) return;
      watch.disconnect();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));  // before the 400 ms are over
      globalThis.pressed = true;
    }).observe(document, { childList: true, subtree: true }));
    await page.goto(`${BASE}/sincronizacion`);
    await page.waitForFunction(() => globalThis.pressed);
    assert.equal(decided.length, 0);
    await seen(page);
    const first = await record(page);
    for (let i = 0; i < 25; i += 1) await page.keyboard.down('r');  // as a held key comes
    await page.keyboard.up('r');
    await another(page, first);
    await page.waitForTimeout(900);
    assert.equal(decided.length, 1);
    await page.keyboard.press('u');
    await page.waitForFunction((text) => document.querySelector('.pair thead th:nth-child(2)')?.textContent === text, first);
    assert.equal(decided.length, 2);
    await page.done();
  });

  test('the next pair stands at once, and no explanation is asked for twice', async () => {
    const page = await open('/sincronizacion');
    const { asked } = listen(page);
    await seen(page);
    // How long from the key until another record is on the screen, in the page's own time.
    await page.evaluate(() => {
      globalThis.took = [];
      document.addEventListener('keydown', () => {
        const began = performance.now(), was = document.querySelector('.pair thead th:nth-child(2)')?.textContent;
        const look = () => {
          const now = document.querySelector('.pair thead th:nth-child(2)')?.textContent;
          if (now !== undefined && now !== was) globalThis.took.push(performance.now() - began);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, true);
    });
    for (let i = 0; i < 12; i += 1) {
      await seen(page);
      const was = await record(page);
      await page.keyboard.press('r');
      await another(page, was);
    }
    const took = (await page.evaluate(() => globalThis.took)).sort((a, b) => a - b);
    console.log(`key to the next pair: median ${took[6].toFixed(0)} ms, most ${took.at(-1).toFixed(0)} ms`);
    assert.ok(took[9] < 500, `${took.map((one) => one.toFixed(0))}`);
    assert.deepEqual([...asked].filter(([, times]) => times > 1), []);
    const undoing = page.locator('button:has-text("Deshacer 12 decisiones")');
    await undoing.click();
    await page.waitForSelector('.toast:has-text("12 decisiones deshechas")');
    await page.done();
  });

  test('both histories stand side by side, and the buttons are in reach on a phone', async () => {
    const page = await open('/sincronizacion', { viewport: phone });
    await seen(page);
    assert.equal(await page.locator('.pair .did').count(), 3);
    assert.equal(await page.locator('.pair .pair-name').count(), 2);
    for (const name of ['Sí, son la misma', 'No, son distintas']) {
      const box = await page.locator(`button:has-text("${name}")`).boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= phone.height, `${name} at ${box?.y}`);
    }
    await fits(page, 'the review at 390');
    await page.done();
  });

  test('who comes second is told who was first', async () => {
    const page = await open('/sincronizacion', { faults: false });
    await seen(page);
    const id = await page.getAttribute('.review', 'data-ready');
    const other = (await api('/mappings?status=pending&order=worth&limit=1')).data.mappings[0];
    assert.equal(other.id, id);
    assert.equal((await api(`/mappings/${id}/reject`, { method: 'POST', body: { reason: 'visto en la agenda' } })).status, 200);
    const was = await record(page);
    await page.keyboard.press('a');
    await page.waitForSelector('.toast:has-text("Ya está decidido: no son la misma persona, dijo")');
    await another(page, was);
    await api(`/mappings/${id}/undo`, { method: 'POST', body: {} });
    await page.done();
  });
});

describe('what was decided', () => {
  test('is listed with who, when, why and what it was, and undone after a reload', async () => {
    const pair = (await api('/mappings?status=pending&order=worth&limit=1')).data.mappings[0];
    await api(`/mappings/${pair.id}/accept`, { method: 'POST', body: { reason: 'lo dijo por teléfono' } });
    const page = await open('/sincronizacion');
    await page.click('.counts .accepted a');
    await page.waitForSelector('.decision');
    assert.match(page.url(), /part=decisions&que=yes|que=yes&part=decisions/);
    await page.reload();
    const row = page.locator('.decision').first();
    await row.waitFor();
    const text = await row.textContent();
    for (const part of ['Son la misma persona', 'lo dijo por teléfono', 'antes: por revisar', pair.legacy_id, pair.metadata.current_name]) assert.ok(text.includes(part), `${part} in ${text}`);
    await accessible(page, 'the decisions');
    await fits(page, 'the decisions');
    await row.locator('button:has-text("Deshacer")').click();
    await page.waitForSelector('.toast:has-text("1 decisión deshecha")');
    assert.equal((await api(`/mappings/legacy/${pair.legacy_id}`)).data.mappings.find((one) => one.id === pair.id).status, 'pending');
    await page.click('.segmented button:has-text("Deshechos")');
    await page.waitForSelector('.decision:has-text("Se deshizo lo decidido")');
    await page.done();
  });

  test('a read-only key sees it and can take nothing back', async () => {
    const page = await open('/sincronizacion?part=decisions', { key: READ_KEY, scope: 'read' });
    await page.waitForSelector('.decision');
    assert.equal(await page.locator('.decision button, .decision input').count(), 0);
    await page.done();
  });
});

describe('an old record', () => {
  const someone = async (fits_it) => {
    for (const one of (await api('/legacy/customers?limit=300')).data.customers) {
      if (one.customer_id !== null || one.origin !== 'customers_file') continue;
      const found = (await api(`/legacy/customers/${one.legacy_id}/matches`)).data;
      if (fits_it(found.matches)) return { one, found };
    }
    return null;
  };

  test('unlikely candidates are hidden, and ask for a reason', async () => {
    const who = await someone((all) => all.some((match) => match.confidence < 5) && all.every((match) => match.confidence < 20));
    assert.ok(who, 'somebody with unlikely candidates alone');
    const page = await open(`/historicos/${who.one.legacy_id}`);
    await page.waitForSelector('button:has-text("Ver poco probables")');
    await settled(page);
    await accessible(page, 'a legacy guest');
    assert.equal(await page.locator('button:has-text("Es esta persona")').count(), 0);
    await page.click('button:has-text("Ver poco probables")');
    await page.locator('button:has-text("Vincular igual")').first().click();
    assert.ok(await page.locator('.record-ask button[type=submit]').isDisabled());
    await page.fill('.record-ask input', 'lo dijo ella');
    await page.click('.record-ask button[type=submit]');
    await page.waitForSelector('.toast:has-text("Vinculado")');
    await page.waitForSelector(`.record:has-text("${who.one.legacy_id}")`);
    await page.click('.toast button:has-text("Deshacer")');
    await page.waitForURL(/historicos/);
    assert.equal((await api(`/mappings/legacy/${who.one.legacy_id}`)).data.mapping, null);
    await page.done();
  });

  test('is unlinked beside the guest, and linked again from the toast', async () => {
    const linked = (await api('/mappings?status=active&limit=1')).data.mappings[0];
    const page = await open(`/clientes/${linked.current_id}`);
    const row = page.locator(`.record:has-text("${linked.legacy_id}")`);
    await row.locator('button:has-text("Desvincular")').click();
    await row.locator('.record-ask input').fill('es su hermana');
    await row.locator('.record-ask button[type=submit]').click();
    await page.waitForSelector('.toast:has-text("Desvinculado")');
    await row.waitFor({ state: 'detached' });
    await page.click('.toast button:has-text("Deshacer")');
    await row.waitFor();
    await page.done();
  });
});

describe('duplicates', () => {
  test('two customers are merged, answer as one by both numbers, and are parted again', async () => {
    const page = await open('/sincronizacion?part=duplicates');
    await seen(page);
    await accessible(page, 'the duplicates');
    await fits(page, 'the duplicates');
    const [kept, other] = await page.$$eval('.pair thead a', (all) => all.map((one) => one.textContent));
    const before = await Promise.all([kept, other].map((id) => api(`/customers/${id}/profile`)));
    const people = (await api('/customers?limit=1')).data.total_found;
    await page.keyboard.press('a');
    await page.waitForSelector('.toast:has-text("Fichas unidas")');
    const after = (await api(`/customers/${other}/profile`)).data;
    assert.equal(String(after.customer_id), kept);
    assert.equal((await api('/customers?limit=1')).data.total_found, people - 1);
    assert.ok(after.statistics.total_visitas >= before[0].data.statistics.total_visitas);
    assert.equal(after.statistics.total_gastado, before[0].data.statistics.total_gastado + before[1].data.statistics.total_gastado);
    await page.goto(`${BASE}/clientes/${other}`);
    await page.waitForURL(new RegExp(`/clientes/${kept}$`));
    await page.waitForSelector(`.card:has-text("Fichas de hoy que son esta persona") .record:has-text("${other}")`);
    await page.click('button:has-text("Separar")');
    await page.waitForSelector('.toast:has-text("Fichas separadas")');
    await page.waitForSelector('.twin:has-text("Quizá es la misma que")');
    const again = await Promise.all([kept, other].map((id) => api(`/customers/${id}/profile`)));
    for (const index of [0, 1]) assert.deepEqual(again[index].data.statistics, before[index].data.statistics);
    await page.click('.twin button:has-text("Comparar")');
    await page.waitForSelector('.twin-compare .pair');
    await accessible(page, 'a guest with a duplicate');
    await page.done();
  });
});

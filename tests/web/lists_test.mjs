// Where a list was left, whom one has chosen, what stands when an answer fails, a source that lost much, and a pair's acts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { BASE, KEY, READ_KEY, story, open, accessible, fits, settled } from './browser.mjs';

const api = async (path, init = {}) => (await fetch(`${BASE}/api/v1/aremko${path}`, { ...init, headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' } })).json();
const top = (page) => page.$eval('[role=grid]', (grid) => grid.scrollTop);
const problem = (status, detail) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ title: 'x', status, detail }) });

describe('a list is found where it was left', () => {
  for (const path of ['/clientes', '/reactivacion']) {
    test(`by whoever opens a row at once, and filter by filter: ${path}`, async () => {
      const page = await open(`${path}?${story}`);
      await settled(page);
      await page.$eval('[role=grid]', (grid) => { grid.scrollTop = 3000; });
      await page.waitForSelector('.vrow[aria-rowindex="74"]:not(.loading)');
      await page.$eval('.vrow[aria-rowindex="74"]', (row) => row.click());  // drawn and gone in one turn
      await page.waitForSelector('.pager:has-text("73 de")');
      await page.goBack();
      await page.waitForSelector('.vrow.active[aria-rowindex="74"]:not(.loading)');
      assert.equal(await top(page), 3000);
      await page.selectOption('.filters select >> nth=0', 'Lost');
      await page.waitForFunction(() => document.querySelector('[role=grid]')?.scrollTop === 0 && document.querySelector('.vrow.active[aria-rowindex="2"]:not(.loading)'));
      await page.goBack();
      await page.waitForSelector('.vrow.active[aria-rowindex="74"]:not(.loading)');
      assert.equal(await top(page), 3000);
      await page.goForward();
      await page.waitForURL(/segment=Lost/);
      await page.done();
    });
  }
});

describe('whom one has chosen', () => {
  test('those whom the filter does not show are told; the table stands still', async () => {
    const page = await open(`/reactivacion?${story}`);
    await settled(page);
    const at = () => page.$eval('.vtable', (table) => table.getBoundingClientRect().top);
    const [before, wide] = [await at(), await page.$eval('.months', (one) => one.getBoundingClientRect().width)];
    await page.fill('.first-many input', '50');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.win-controls [role=status]:has-text("50 elegidas")');
    assert.doesNotMatch(await page.textContent('.win-controls [role=status]'), /fuera/);
    const { customers } = await api('/customers/table?as_of=2024-03-14&months=12&order=prioridad&limit=50');
    const few = customers.filter((one) => one.total_visitas < 10).length;
    assert.ok(few > 0 && few < 50);
    await page.fill('.filters label:has-text("Visitas, mínimo") input', '10');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.win-controls [role=status]:has-text("50 elegidas, ${few} fuera de este filtro")`);
    assert.equal(await at(), before);
    assert.equal(await page.$eval('.months', (one) => one.getBoundingClientRect().width), wide);
    await page.done();
  });

  test('a segment has one name: in the filter, in a row, on a guest\'s page and among the best guests', async () => {
    for (const [language, name] of [['es', 'En pausa'], ['en', 'Paused']]) {
      for (const path of ['/clientes', '/reactivacion']) {
        const page = await open(`${path}?${story}&segment=Hibernating`, { language });
        await settled(page);
        assert.equal(await page.$eval('.filters select', (one) => one.selectedOptions[0].textContent), name);
        const cells = await page.$$eval('.vrow .chip', (all) => all.map((one) => one.textContent));
        assert.ok(cells.length > 3 && cells.every((one) => one === name), cells.join());
        await page.click('.vrow[aria-rowindex="2"] [role=gridcell]:nth-child(2)');
        await page.waitForSelector(`.guest-bar .chip:text-is("${name}")`);
        await page.done();
      }
    }
    const page = await open(`/resumen?parte=clientes&${story}`);
    await page.waitForSelector('.sorted .chip');
    const best = new Set(await page.$$eval('.sorted .chip', (all) => all.map((one) => one.textContent)));
    await page.goto(`${BASE}/clientes?${story}`);
    await settled(page);
    const filters = await page.$$eval('.filters select:first-of-type option', (all) => all.map((one) => one.textContent));
    for (const one of best) assert.ok(filters.includes(one), `${one} is none of ${filters}`);
    await page.done();
  });
});

describe('an answer that failed', () => {
  test('leaves no figure of another question, and no source is said to be well', async () => {
    const page = await open('/resumen', { faults: false });
    await page.waitForSelector('.source:has-text("Al día")');
    await page.waitForSelector('.kpi strong:has-text("$")');
    await page.route('**/api/**', (route) => route.abort());
    await page.evaluate(() => { history.pushState(null, '', '/resumen?as_of=2024-03-14'); dispatchEvent(new PopStateEvent('popstate')); });
    await page.waitForSelector('.problem');
    await page.waitForFunction(() => !document.querySelector('.source') && ![...document.querySelectorAll('.kpi strong')].some((one) => /\d/.test(one.textContent)));
    assert.doesNotMatch(await page.innerText('.overview'), /Al día/);
    await page.done();
  });

  test('counts nobody in a list', async () => {
    const page = await open(`/reactivacion?${story}`, { faults: false });
    await settled(page);
    await page.route('**/customers/table?*', (route) => route.abort());
    await page.selectOption('.filters select >> nth=0', 'Lost');
    await page.waitForSelector('.problem');
    assert.doesNotMatch(await page.textContent('.win-controls [role=status]'), /\d/);
    for (const button of ['Exportar todas', 'Para escribir', 'Imprimir', 'Elegir las primeras']) assert.equal(await page.isDisabled(`button:has-text("${button}")`), true, button);
    await page.done();
  });
});

describe('a source that lost much', () => {
  const refusal = 'Una fuente perdió mucho de una vez (clientes: 3 de 2.000 filas); sincronizar ahora retiraría esos vínculos. Si es a propósito: POST /api/v1/aremko/refresh?accept_loss=true.';

  test('is accepted with a button by who has the settings', async () => {
    const page = await open('/sincronizacion?part=health', { faults: false });
    await page.route('**/sync/legacy-to-current*', (route) => route.fulfill(problem(409, refusal)));
    let asked = '';
    await page.route('**/refresh?*', (route) => { asked = new URL(route.request().url()).search; return route.fulfill({ status: 200, contentType: 'application/json', body: '{"previous_version":1,"snapshot_version":2,"seconds":0.1}' }); });
    await page.click('button:has-text("Sincronizar ahora")');
    await page.waitForSelector('.loss:has-text("3 de 2.000 filas")');
    assert.doesNotMatch(await page.textContent('.loss'), /POST|accept_loss/);
    await accessible(page, 'the loss');
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page, 'the loss');
    await page.click('.loss button:has-text("aceptar la pérdida")');
    await page.waitForSelector('.toast:has-text("Aceptado")');
    await page.waitForSelector('.loss', { state: 'detached' });
    assert.equal(asked, '?accept_loss=true');
    await page.done();
  });

  test('is told to everybody else, without the button and without a program\'s command', async () => {
    const page = await open('/', { key: READ_KEY, scope: 'read' });
    await page.route('**/sources?*', async (route) => {
      const answer = await (await route.fetch()).json();
      Object.assign(answer.sources[0], { ok: false, detail: 'La fuente quedó vacía; sigue en uso lo último leído. Si es a propósito: POST /api/v1/aremko/refresh?accept_loss=true.' });
      await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(answer) });
    });
    await page.goto(`${BASE}/sincronizacion?part=health`);
    await page.waitForSelector('.loss:has-text("quedó vacía")');
    assert.equal(await page.locator('.loss button').count(), 0);
    assert.doesNotMatch(await page.textContent('body'), /accept_loss/);
    await page.done();
  });
});

describe('a pair', () => {
  const row_of = (page, what) => page.$$eval(what, (all) => new Set(all.map((one) => Math.round(one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2))).size);

  test('has its acts in one row, nothing over them, and its lines whole', async () => {
    const page = await open('/sincronizacion');
    for (const [width, rows] of [[1440, 1], [1024, 1], [390, 2]]) {
      await page.setViewportSize({ width, height: 900 });
      for (let turn = 0; turn < 2; ++turn) {
        const seen = await (await page.waitForSelector('[data-ready]')).getAttribute('data-ready');
        await page.keyboard.press('r');
        await page.waitForSelector(`[data-ready]:not([data-ready="${seen}"])`);
      }
      await page.waitForSelector('button:has-text("Deshacer 2 decisiones")');
      await page.waitForSelector('.toast');
      assert.equal(await row_of(page, '.review-acts button'), rows, `acts at ${width}`);
      const [toast, acts] = await page.evaluate(() => ['.toast', '.review-acts'].map((one) => document.querySelector(one).getBoundingClientRect().toJSON()));
      assert.ok(toast.bottom <= acts.top || toast.top >= acts.bottom, `the toast is over the acts at ${width}`);
      for (const one of await page.$$eval('.pair tbody tr', (all) => all.map((row) => new Set([...row.children].map((cell) => Math.round(cell.getBoundingClientRect().bottom))).size))) assert.equal(one, 1, 'a broken line');
      await fits(page, `the review at ${width}`);
      await page.click('button:has-text("Deshacer 2 decisiones")');
      await page.waitForSelector('.toast:has-text("2 decisiones deshechas")');
    }
    const { mappings } = await api('/mappings?status=pending&limit=1');
    await api(`/mappings/${mappings[0].id}/reject`, { method: 'POST', body: '{}' });
    await page.goto(`${BASE}/sincronizacion?part=decisions&que=no`);
    await page.waitForSelector('.decision-who:has-text("≠")');
    assert.equal(await page.locator('.decision:not(.past) .decision-who:has-text("=")').count(), 0);
    await api(`/mappings/${mappings[0].id}/undo`, { method: 'POST', body: '{}' });
    await page.done();
  });
});

describe('a house of nobody yet', () => {
  test('is told what to do first, not noughts', async () => {
    const page = await open(null);
    const emptied = (path, change) => page.route(path, async (route) => {
      const answer = await (await route.fetch()).json();
      change(answer);
      await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(answer) });
    });
    await emptied('**/stats/overview*', (answer) => { answer.current_database.total_customers = answer.legacy_data.total_customers = answer.legacy_data.services_only = 0; });
    await emptied('**/stats/rfm*', (answer) => { answer.total_customers = 0; });
    await emptied('**/data-health*', (answer) => { for (const one of answer.sources) one.rows_kept = 0; for (const one of answer.completeness) one.rows = 0; });
    await page.goto(`${BASE}/resumen`);
    await page.waitForSelector('.first-steps li');
    await page.waitForSelector('.source:has-text("Al día")');
    assert.equal(await page.locator('.kpi, .months').count(), 0);
    await accessible(page, 'the first time');
    await page.goto(`${BASE}/clientes`);
    await page.waitForSelector('.empty:has-text("Todavía no hay datos")');
    assert.equal(await page.locator('.cell').count(), 0);
    await page.goto(`${BASE}/sincronizacion?part=health`);
    await page.waitForSelector('.empty:has-text("Todavía no hay datos")');
    assert.doesNotMatch(await page.innerText('.page'), /Puede confiar/);
    await page.done();
  });
});

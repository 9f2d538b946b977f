// The day's desk and the owner's pages, by mouse and keyboard.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BASE, KEY, READ_KEY, accessible, arrival, fits, onDay, open, phone, settled, slow, wide } from './browser.mjs';

const ask = async (path, key = KEY) => (await fetch(`${BASE}/api/v1/aremko${path}`, { headers: { 'X-API-Key': key } })).json();
const long = 'Maximiliano Alejandro Bartolomé de los Santos Fernández-Concha Larraín Echeverría Errázuriz';

/** A day in which everything happens. */
const busy = (page) => onDay(page, (data) => {
  data.totales = { llegan: 14, llegaron: 1, personas: 30, deben: 1, deben_monto: 55000, gift_cards: 1, primera_vez: 1, con_notas: 1, cuentas_de_la_casa: 1 };
  data.llegadas = [
    arrival({ llego: true, primera_vez: true }),
    arrival({ reserva: 2, customer_id: 124, nombre: long, saldo: 45000, debe: 10000, comentario: 'Embarazada: masaje suave.', comentario_tipo: 'salud', notas: [{ fecha: '2026-01-03T00:00:00', reserva: 9, texto: 'Cumpleaños, avisar a cocina.', tipo: 'celebracion' }] }),
    arrival({ reserva: 3, hora: null, saldo_gift_cards: 30000, gift_card_vence: '2026-12-05', encuesta_nps: 3, encuesta_texto: 'No había agua caliente' }),
  ];
  data.por_hacer = [
    { tipo: 'responder', customer_id: 123, nombre: 'Patricio López', telefono: null, channels: [], fecha: `${data.date}T00:00:00`, monto: 0, vence: null, encuesta_nps: null },
    { tipo: 'gift_card_por_vencer', customer_id: null, nombre: '', telefono: null, channels: [], fecha: null, monto: 60000, vence: '2026-12-20', encuesta_nps: null },
  ];
  data.por_hacer_total = [{ tipo: 'responder', total: 1 }, { tipo: 'gift_card_por_vencer', total: 1 }];
});

describe('the day\'s desk', () => {
  test('opens on the spa\'s day with everybody who comes, and asks again by itself', async () => {
    const told = await ask('/today');
    const page = await open(null);
    let asked = 0;
    page.on('request', (request) => request.url().includes('/aremko/today') && ++asked);
    await page.goto(BASE);
    await page.waitForSelector('.today h2:has-text("Hoy,")');
    await page.waitForFunction((count) => document.querySelectorAll('.arrival').length === count, told.llegadas.length);
    assert.equal(asked, 1);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForFunction(() => document.querySelector('.today-totals')?.textContent);
    for (let turn = 0; turn < 50 && asked < 2; ++turn) await page.waitForTimeout(100);
    assert.equal(asked, 2);
    await page.done();
  });

  test('goes from the empty search to a guest with the arrows and Enter, and back', async () => {
    const page = await open(null);
    await busy(page);
    await page.goto(BASE);
    await page.waitForSelector('.arrival');
    await page.focus('#search');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('.arrival:focus');
    await page.keyboard.press('ArrowDown');
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Embarazada/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.waitForSelector('#search:focus');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.guest-name');
    assert.match(page.url(), /\/clientes\/123$/);
    await page.goBack();
    await page.waitForSelector('.arrival');
    await page.done();
  });

  test('says what to know of each, and what is to be done', async () => {
    for (const [language, parts] of [['es', ['14 reservas: 1 ya llegó, 13 por llegar', '1 persona debe $55.000', '1 gift card vence', '1.ª vez', 'Embarazada: masaje suave.', 'Cumpleaños, avisar a cocina.', 'por pagar $55.000: $45.000 de esta reserva y $10.000 de antes',
      'gift card $30.000, vence el 5 dic 2026', 'puso 3 de 10', '«No había agua caliente»', 'sin hora', 'Por hacer (2)', 'Responder a Patricio López', 'su gift card de $60.000 vence el 20 dic 2026', '1 reserva más a nombre de la casa']],
      ['en', ['14 bookings: 1 here, 13 to come', '1 person owes $55,000', '1st time', 'to pay $55,000: $45,000 of this booking and $10,000 from before', 'To do (2)', 'Answer Patricio López']]]) {
      const page = await open(null, { language });
      await busy(page);
      await page.goto(BASE);
      await page.waitForSelector('.arrival');
      const text = await page.textContent('.today');
      for (const part of parts) assert.ok(text.includes(part), `${language}: ${part} in ${text}`);
      await page.done();
    }
  });

  test('looks at other days', async () => {
    const page = await open('/');
    await page.waitForSelector('.today h2:has-text("Hoy,")');
    await page.click('.today-head button[aria-label="El día siguiente"]');
    await page.waitForSelector('.today h2:has-text("Mañana,")');
    await page.click('.today-head button:has-text("Hoy")');
    await page.waitForSelector('.today h2:has-text("Hoy,")');
    await page.done();
    const then = await open('/?as_of=2024-03-14');
    await then.waitForSelector('.today h2:has-text("jueves 14 mar")');
    await then.done();
  });

  test('a key that sees no contacts gets none', async () => {
    const today = await ask('/today', READ_KEY), best = await ask('/stats/best-guests', READ_KEY);
    for (const one of [...today.llegadas, ...today.por_hacer, ...best.guests]) assert.equal(one.telefono, null);
  });

  for (const viewport of [{ width: 320, height: 700 }, phone, { width: 768, height: 1024 }, { width: 1024, height: 768 }, wide]) {
    test(`fits in ${viewport.width}, with an eighty-letter name`, async () => {
      const page = await open(null, { viewport });
      await busy(page);
      await page.goto(BASE);
      await page.waitForSelector('.arrival', { timeout: slow });
      await fits(page, `the day in ${viewport.width}`);
      const clipped = await page.$$eval('.arrival-name, .task', (all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').length);
      assert.equal(clipped, 0);
      await accessible(page, `the day in ${viewport.width}`);
      await page.done();
    });
  }
});

describe('the owner', () => {
  test('compares like with like, and says so', async () => {
    const page = await open('/resumen?as_of=2025-08-15');
    await settled(page);
    await page.waitForSelector('.basis:has-text("Los archivos antiguos terminan el")');
    const told = await ask('/stats/activity?as_of=2025-08-15');
    assert.deepEqual(told.doce_meses.comparacion.fuentes, ['current']);
    await page.waitForSelector('.months .end', { state: 'attached' });
    await page.waitForSelector('.months .running', { state: 'attached' });
    assert.equal(await page.locator('.season-band').count(), 12);
    assert.equal(await page.locator('.season-dot').count(), 7);  // August is still running
    assert.equal(await page.locator('.u-legend, .uplot').count(), 0);
    await page.done();
  });

  test('sees why the months and the customers have different sums', async () => {
    const page = await open('/resumen');
    await settled(page);
    const activity = await ask('/stats/activity'), overview = await ask('/stats/overview');
    const customers = Object.values(overview.segments).reduce((sum, one) => sum + one.ltv_total, 0);
    assert.equal(activity.total_gastado - activity.gastado_sin_cliente + activity.gastado_sin_fecha, customers);
    await page.waitForSelector('text=personas de los archivos antiguos que no son clientes de hoy');
    await page.done();
  });

  test('sorts services, changes the span and finds the parts of the sales', async () => {
    const page = await open('/resumen?parte=servicios&as_of=2024-03-14');
    await page.waitForSelector('.sorted tbody tr');
    const names = () => page.locator('.sorted').first().locator('tbody th').evaluateAll((all) => all.map((one) => one.firstChild.textContent));
    const by_sales = await names();
    await page.click('.sorted button[aria-label="Ordenar por Servicio"]');
    await page.waitForSelector('.sorted th[aria-sort=ascending]:has-text("Servicio")');
    assert.deepEqual(await names(), [...by_sales].sort((a, b) => a.localeCompare(b, 'es')));
    await page.waitForSelector('text=De los precios a las ventas');
    await page.click('.span-choice button:has-text("Este año")');
    await page.waitForFunction(() => location.search.includes('periodo=thisYear'));
    await page.waitForSelector('.sorted tbody tr');
    await page.goto(`${BASE}/resumen?parte=servicios&desde=2026-01-01&hasta=2025-01-01`);
    await page.waitForSelector('[role=alert]');
    page.wrong = page.wrong.filter((one) => !one.includes('422'));
    await page.done();
  });

  test('opens a best guest', async () => {
    const page = await open('/resumen?parte=clientes&as_of=2024-03-14');
    await page.waitForSelector('.sorted tbody tr a');
    await page.waitForSelector('text=La décima parte que más gastó dejó el');
    await page.click('.segmented button:has-text("Por visitas")');
    await page.waitForSelector('.sorted th[aria-sort=descending]:has-text("Visitas")');
    await page.click('.sorted tbody tr a >> nth=0');
    await page.waitForSelector('.guest-name');
    await page.done();
  });

  test('sees how full the tubs are, and that of massages no capacity is known', async () => {
    const page = await open('/resumen?parte=ocupacion&as_of=2024-03-14');
    await page.waitForSelector('.heat td:has-text("%")');
    await page.click('.segmented button:has-text("Masajes")');
    await page.waitForSelector('text=Sin capacidad conocida');
    await page.click('.span-choice button:has-text("Próximas 4 semanas")');
    await page.waitForSelector('.heat, .empty');
    await page.done();
  });

  test('every figure has its definition', async () => {
    const known = new Set((await ask('/definitions')).definitions.map((one) => one.id));
    for (const path of ['/', '/resumen', '/resumen?parte=servicios&as_of=2024-03-14', '/resumen?parte=clientes&as_of=2024-03-14', '/resumen?parte=ocupacion&as_of=2024-03-14']) {
      const page = await open(path);
      await settled(page);
      await page.waitForSelector('[data-how]');
      for (const id of await page.$$eval('[data-how]', (all) => all.map((one) => one.dataset.how))) assert.ok(known.has(id), `${path}: ${id}`);
      await page.done();
    }
  });

  test('data health begins with its verdict', async () => {
    const page = await open('/sincronizacion?part=health');
    await page.waitForSelector('.verdict p.good:has-text("Puede confiar en")');
    await page.waitForSelector('.verdict p.bad:has-text("del archivo antiguo de servicios")');
    await page.done();
  });

  test('the overview stands still on a phone', async () => {
    const page = await open(null, { viewport: phone });
    await page.addInitScript(() => {
      globalThis.shifted = 0;
      new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) globalThis.shifted += one.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${BASE}/resumen`);
    await settled(page);
    await page.waitForTimeout(500);
    const shifted = await page.evaluate(() => globalThis.shifted);
    assert.ok(shifted <= 0.05, `layout shift ${shifted}`);
    await page.done();
  });

  test('a source that is gone is told on every page', async () => {
    for (const path of ['/', '/clientes', '/clientes/123?as_of=2024-03-14', '/reactivacion', '/resumen?parte=ocupacion&as_of=2024-03-14']) {
      const page = await open(null);
      await page.route('**/api/v1/aremko/sources*', async (route) => {
        const answer = await route.fetch();
        const data = await answer.json();
        Object.assign(data.sources[0], { ok: false, detail: 'La base no responde.' });
        await route.fulfill({ response: answer, json: data });
      });
      await page.goto(BASE + path);
      await page.waitForSelector('.stale-banner:has-text("lo que se ve es de ese momento")');
      await page.done();
    }
  });
});

// What somebody reads who sees it for the first time: each thing once, by one name, and nothing that is not theirs to take.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { BASE, KEY, story, accessible, arrival, crowd, findings, fits, onDay, open, phone, settled, wide } from './browser.mjs';

const send = (path, init = {}) => fetch(`${BASE}/api/v1/aremko${path}`, { ...init, headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' } });
const ask = async (path) => (await send(path)).json();
const long = 'Maximiliano Alejandro Bartolomé de los Santos Fernández-Concha Larraín Echeverría Errázuriz';
/** An answer of the real server, changed. */
const changed = (page, path, change) => page.route(path, async (route) => {
  const response = await route.fetch();
  const json = await response.json();
  change(json);
  await route.fulfill({ response, json });
});

describe('a day', () => {
  test('a guest who is in the house is here, and not gone', async () => {
    const page = await open(null);
    await changed(page, '**/customers/123/profile*', (profile) => {
      profile.statistics.ultima_visita = profile.ojo.en_curso = '2024-03-14T12:00:00';
    });
    await page.goto(`${BASE}/clientes/123?${story}`);
    await page.waitForSelector('.numbers dd:has-text("aquí desde las 12:00")');
    await page.done();
  });

  test('a guest with two bookings is one who owes, and one debt', async () => {
    const page = await open(null);
    await onDay(page, (data) => {
      data.totales = { ...data.totales, llegan: 3, llegaron: 0, deben: 3, deben_monto: 72500 };
      data.llegadas = [arrival({ debe: 12500 }), arrival({ reserva: 2, saldo: 48000, debe: 12500 }), arrival({ reserva: 3, customer_id: 124, nombre: 'Otra', saldo: 12000 })];
    });
    await page.goto(BASE);
    await page.waitForSelector('.arrival');
    assert.match(await page.textContent('.today-totals'), /2 personas deben \$72\.500/);
    assert.deepEqual(await page.$$eval('.mark-line.warm', (all) => all.map((one) => one.textContent)), ['debe $12.500 de antes', 'por pagar $48.000', 'por pagar $12.000']);
    await page.done();
  });

  test('is in the address: Back goes to the day before it, a reload stays', async () => {
    const page = await open('/');
    await page.waitForSelector('.today h2:has-text("Hoy,")');
    await page.click('.today-head button[aria-label="El día siguiente"]');
    await page.waitForSelector('.today h2:has-text("Mañana,")');
    assert.match(page.url(), /[?]dia=\d{4}-\d\d-\d\d$/);
    await page.reload();
    await page.waitForSelector('.today h2:has-text("Mañana,")');
    await page.click('.today-head button[aria-label="El día siguiente"]');
    await page.waitForFunction(() => !document.querySelector('.today h2').textContent.startsWith('Mañana'));
    await page.goBack();
    await page.waitForSelector('.today h2:has-text("Mañana,")');
    await page.click('.today-head button:has-text("Hoy")');
    await page.waitForSelector('.today h2:has-text("Hoy,")');
    assert.equal(new URL(page.url()).search, '');
    await page.goto(`${BASE}/?dia=2026-02-31`);
    await page.waitForSelector('.today h2:has-text("Hoy,")');
    await page.done();
  });

  test('what is to be done is one press away on a phone, and beside them where there is room', async () => {
    for (const [viewport, shown] of [[{ width: 320, height: 640 }, true], [phone, true], [{ width: 1024, height: 768 }, true], [wide, false]]) {
      const page = await open(null, { viewport });
      await crowd(page);
      await page.goto(BASE);
      await page.waitForSelector('.arrival');
      const jump = page.locator('.today-jump');
      assert.equal(await jump.isVisible(), shown, String(viewport.width));
      if (shown) {
        assert.match(await jump.textContent(), /Por hacer \(105\)/);
        assert.ok((await jump.boundingBox()).y < viewport.height - 60, 'in sight');
        await jump.click();
        await page.waitForFunction(() => { const box = document.getElementById('tasks').getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight / 2; });
        assert.equal(await page.evaluate(() => document.activeElement.id), 'tasks');
        await page.check('.task-row >> nth=0 >> input');
        assert.match(await jump.textContent(), /Por hacer \(104\)/);
      }
      await fits(page, `the full day in ${viewport.width}`);
      await page.done();
    }
  });
});

describe('a guest', () => {
  const sale = (more) => ({ source: 'current', id: 1, reserva: 1, legacy_id: null, fecha: '2024-02-01T10:00:00', estado_pago: 'pagado', estado_reserva: null, total: 20000, descuento: 0, pagado: 20000, saldo_pendiente: 0, servicios: [], productos: [], acompanantes: [], comentarios: null, ...more });

  test('with other purchases of the same years has no two places of one name', async () => {
    for (const viewport of [phone, wide]) {
      const page = await open(null, { viewport });
      await changed(page, '**/customers/123/profile*', (profile) => {
        profile.otras_ventas = profile.recent_reservations.filter((one) => one.fecha).map(({ fecha }, id) => sale({ fecha, id }));
        assert.ok(profile.otras_ventas.length > 0);
        profile.basic_info.nombre = long;
      });
      await page.goto(`${BASE}/clientes/123?${story}`);
      await page.waitForSelector('#other-sales');
      await page.waitForSelector('.message');
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await fits(page, `a guest with other purchases in ${viewport.width}`);
      await page.done();
    }
  });

  test('what is left to pay today stands first', async () => {
    for (const [language, words] of [['es', ['Por pagar $65.000, de la reserva de hoy', 'Debe $12.500 de antes']], ['en', ['$65,000 to pay for the booking of today', 'Owes $12,500 from before']]]) {
      const page = await open(null, { language });
      await changed(page, '**/customers/123/profile*', (profile) => {
        const day = profile.as_of.slice(0, 10);
        profile.debe = 12500;
        profile.upcoming_reservations = [sale({ fecha: `${day}T20:00:00`, saldo_pendiente: 60000 }), sale({ id: 2, fecha: `${day}T22:00:00`, saldo_pendiente: 5000 }), sale({ id: 3, fecha: '2031-01-01T10:00:00', saldo_pendiente: 9000 })];
      });
      await page.goto(`${BASE}/clientes/123`);
      await page.waitForSelector('.first');
      const first = await page.textContent('.first');
      for (const part of words) assert.ok(first.includes(part), `${part} in ${first}`);
      await page.done();
    }
  });

  test('without phone and e-mail is said to have none, not to want none', async () => {
    const { customers } = await ask('/legacy/customers?limit=50');
    const one = customers.find((each) => each.customer_id === null && each.origin === 'customers_file');
    for (const [contacts, text] of [[{ telefono: null, email: null }, 'No tiene teléfono ni correo'], [{ telefono: '+56987654321', email: null }, 'No se le debe escribir ahora']]) {
      const page = await open(null);
      await changed(page, `**/legacy/customers/${one.legacy_id}?*`, (profile) => Object.assign(profile.basic_info, contacts));
      await changed(page, `**/legacy/customers/${one.legacy_id}`, (profile) => Object.assign(profile.basic_info, contacts));
      await changed(page, `**/legacy/customers/${one.legacy_id}/offer*`, (offer) => { offer.channels = []; });
      await page.goto(`${BASE}/historicos/${one.legacy_id}`);
      await page.waitForSelector(`.offer:has-text("${text}")`);
      await page.done();
    }
  });

  test('a survey\'s questions are words', async () => {
    const page = await open(null);
    await changed(page, '**/customers/123/profile*', (profile) => {
      profile.encuestas = [{ reserva: null, visita: null, fecha: '2024-02-01T10:00:00', nps: 9, notas: { atencion_visita: 5, limpieza_de_todo: 4 }, le_gusto: null, decepcion: null, sugerencias: null, requiere_seguimiento: false }];
    });
    await page.goto(`${BASE}/clientes/123?${story}`);
    await page.waitForSelector('#surveys');
    const text = await page.textContent('section[aria-labelledby=surveys]');
    assert.ok(text.includes('Atención 5 de 5') && text.includes('Limpieza de todo 4 de 5'), text);
    await page.done();
  });
});

describe('same people', () => {
  test('opens without the report of the last sync, which comes when it is opened', async () => {
    await send('/sync', { method: 'POST' }).catch(() => undefined);
    const page = await open(null);
    const asked = [];
    let bytes = 0;
    page.on('request', (request) => /\/jobs/.test(request.url()) && asked.push(new URL(request.url()).pathname.split('/jobs')[1]));
    page.on('response', async (response) => { if (/\/api\//.test(response.url())) bytes += (await response.body().catch(() => Buffer.alloc(0))).length; });
    await page.goto(`${BASE}/sincronizacion`);
    await page.waitForSelector('.run-last:has-text("Última vez")');
    await settled(page);
    await page.waitForTimeout(300);
    assert.deepEqual(asked, ['']);
    assert.ok(bytes < 500_000, `${bytes} bytes, as they are before they are compressed`);
    await page.click('.run-last summary');
    await page.waitForSelector('.run-last:has-text("vínculo"), .run-last:has-text("no quedó el detalle")');
    assert.equal(asked.length, 2);
    await page.click('.run-last summary');
    await page.click('.run-last summary');
    assert.equal(asked.length, 2, 'once');
    await page.done();
  });

  test('what the page shows is lit, and U with nothing left leads to the decisions', async () => {
    const page = await open('/sincronizacion');
    await page.waitForSelector('.counts .on:has-text("Por revisar")');
    await page.waitForSelector('.review-acts, .empty');
    await page.keyboard.press('u');
    await page.click('.toast:has-text("Aquí no queda nada por deshacer") .toast-act');
    await page.waitForURL(/part=decisions/);
    await page.waitForSelector('#decisions');
    assert.equal(await page.locator('.counts .on').count(), 0);
    await page.click('.counts a:has-text("Descartados")');
    await page.waitForSelector('.counts .on:has-text("Descartados")');
    await accessible(page, 'the decisions');
    await page.done();
  });
});

describe('how a figure is worked out', () => {
  test('is told without the tables\' names, which are a press away', async () => {
    for (const language of ['es', 'en']) {
      const page = await open(`/resumen?${story}`, { language });
      await settled(page);
      await page.click('[data-how=total_customers]');
      await page.waitForSelector('.how-panel:popover-open b');
      assert.doesNotMatch(await page.textContent('.how-panel:popover-open'), /[a-z]_[a-z]/);
      await page.click('.how-panel:popover-open .link');
      assert.match(await page.textContent('.how-panel:popover-open'), /ventas_cliente/);
      await accessible(page, 'a definition');
      await page.done();
    }
  });

  test('percentages are written as each language writes them', async () => {
    for (const [language, right, wrong] of [['es', /\d\u00a0%/, /\d%|\d %/], ['en', /\d%/, /\d[\u00a0 ]%/]]) {
      for (const path of ['/resumen', '/resumen?parte=servicios', '/resumen?parte=clientes', '/resumen?parte=ocupacion', '/clientes', '/sincronizacion']) {
        const page = await open(`${path}${path.includes('?') ? '&' : '?'}${story}`, { language });
        await settled(page);
        await page.waitForFunction(() => /\d/.test(document.querySelector('.page').textContent));
        // What the server writes is the server's: sentences of evidence and reasons.
        const text = await page.$$eval('.kpi, .bars, .seg-list, .sorted, .heat, .review-sure', (all) => all.map((one) => one.innerText).join('\n'));
        if (/%/.test(text)) assert.match(text, right, `${language} ${path}`);
        assert.doesNotMatch(text, wrong, `${language} ${path}: ${wrong.exec(text)?.[0]} in ${text.slice(Math.max(0, text.search(wrong) - 40), text.search(wrong) + 20)}`);
        await page.done();
      }
    }
  });

  test('a movement\'s figures add up to what is said', async () => {
    const page = await open(`/clientes?${story}`);
    await page.waitForSelector('.flow');
    if (await page.locator('button:has-text("movimientos")').count()) await page.click('button:has-text("movimientos")');
    const rows = await page.$$eval('.flow', (all) => all.map((one) => [one.textContent.startsWith('Llegaron'), Number(one.querySelector('b').textContent.replace(/\D/g, ''))]));
    const sum = (came) => rows.filter(([one]) => one === came).reduce((all, [, value]) => all + value, 0);
    const told = await page.textContent('section[aria-labelledby=movement-title] [role=status]');
    assert.deepEqual(told.match(/[\d.]+\d|\d/g).map((one) => Number(one.replace(/\D/g, ''))), [sum(false), sum(true)].filter((one, index) => index === 0 || one > 0));
    await page.done();
  });
});

describe('whoever may take no list away', () => {
  const dismiss = async () => {
    for (const one of (await ask('/staff')).people.filter((each) => each.revoked === null)) await send(`/staff/${one.id}/revoke`, { method: 'POST', body: '{}' });
  };
  after(dismiss);

  const enter = async (name, role) => {
    await dismiss();
    await send('/staff', { method: 'POST', body: JSON.stringify({ name, role, pin: '482915' }) });
    const page = await open('/', { key: '', faults: false });
    await page.fill('.door label:has-text("Su nombre") input', name);
    await page.fill('.door label:has-text("PIN") input', '482915');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.nav');
    return page;
  };
  /** What a printer would get. */
  const onPaper = async (page) => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const text = await page.evaluate(() => document.querySelector('.page').innerText);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    return text;
  };

  test('prints none either, and is told so', async () => {
    const names = (await ask('/customers/table?limit=5')).customers.map((one) => one.nombre);
    const page = await enter('Inés Paredes', 'reception');
    assert.equal(await page.textContent('.avatar'), 'IP');
    for (const path of ['/reactivacion', '/clientes']) {
      await page.goto(BASE + path);
      await settled(page);
      assert.equal(await page.locator('button:has-text("Imprimir")').count(), 0, path);
      assert.equal(await page.locator('.print-only').isVisible(), false);
      const text = await onPaper(page);
      assert.match(text, /necesita el permiso de exportar/, path);
      assert.doesNotMatch(text, /\+56/, path);
      for (const name of names) assert.ok(!text.includes(name), `${path}: ${name}`);
      assert.ok(await page.locator('.vrow').count() > 3, 'the screen is as it was');
    }
    await page.context().close();
  });

  test('who may, prints as before', async () => {
    const page = await enter('Marta Ruiz', 'marketing');
    await page.goto(`${BASE}/reactivacion`);
    await settled(page);
    assert.equal(await page.locator('button:has-text("Imprimir")').count(), 1);
    assert.match(await onPaper(page), /\+56/);
    await page.context().close();
  });

  test('a name that is too long is told, not cut', async () => {
    const page = await open('/ajustes');
    await page.waitForSelector('.settings-form:has-text("A lo más 60 letras")');
    await page.fill('.settings-form input[name=name]', long);
    assert.equal(await page.inputValue('.settings-form input[name=name]'), long);
    await page.fill('.settings-form input[name=pin]', '482916');
    await page.click('.settings-form button[type=submit]');
    await page.waitForSelector('.fault:has-text("a lo más 60 letras")');
    for (const width of [320, 390, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await fits(page, `the settings in ${width}`);
    }
    await page.done();
  });
});

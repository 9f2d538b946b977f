// Reads /openapi.json and lets one try every operation. The key stays in this page's memory and goes nowhere else.
'use strict';

const words = {
  es: { key: 'Clave', tenant: 'Tenant', filter: 'Buscar', other: 'English', send: 'Enviar', body: 'Cuerpo (JSON)',
        parameter: 'Parámetro', value: 'Valor', meaning: 'Significado', answer: 'Respuesta', example: 'Ejemplo',
        schema: 'Forma de la respuesta', failed: 'No se pudo llegar al servidor.', ms: 'ms en el servidor',
        standard: 'por omisión', invalid: 'El cuerpo no es JSON válido.' },
  en: { key: 'Key', tenant: 'Tenant', filter: 'Find', other: 'Español', send: 'Send', body: 'Body (JSON)',
        parameter: 'Parameter', value: 'Value', meaning: 'Meaning', answer: 'Answer', example: 'Example',
        schema: 'Shape of the answer', failed: 'The server could not be reached.', ms: 'ms in the server',
        standard: 'default', invalid: 'The body is not valid JSON.' },
};

let language = (navigator.language || 'es').startsWith('en') ? 'en' : 'es';
let spec = null;
const $ = (id) => document.getElementById(id);
const say = (name) => words[language][name];

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Text whose `words` between backticks are shown as code.
function prose(text) {
  return text.split('`').map((piece, index) => (index % 2 ? make('code', {}, piece) : piece));
}

function resolve(node) {
  while (node && node.$ref) node = node.$ref.slice(2).split('/').reduce((at, key) => at[key], spec);
  return node || {};
}

// A schema as a short sketch, e.g. {"id": integer, "nombre": string|null}.
function sketch(schema, depth = 0) {
  schema = resolve(schema);
  const pad = '  '.repeat(depth + 1);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((each) => sketch(each, depth)).join(' | ');
  const types = [schema.type || 'any'].flat();
  const shown = types.map((type) => {
    if (type === 'object' && schema.properties && depth < 5) {
      const rows = Object.entries(schema.properties).map(([name, each]) => `${pad}${name}: ${sketch(each, depth + 1)}`);
      return `{\n${rows.join('\n')}\n${'  '.repeat(depth)}}`;
    }
    if (type === 'object' && schema.additionalProperties) return `{ …: ${sketch(schema.additionalProperties, depth)} }`;
    if (type === 'array' && schema.items) return `[ ${sketch(schema.items, depth)} ]`;
    if (type === 'array' && schema.prefixItems) return `[ ${schema.prefixItems.map((each) => sketch(each, depth)).join(', ')} ]`;
    return type;
  });
  return shown.join(' | ');
}

function limits(schema) {
  const out = [[schema.type || ''].flat().join('|')];
  if (schema.minimum !== undefined || schema.maximum !== undefined) out.push(`${schema.minimum ?? ''}–${schema.maximum ?? ''}`);
  if (schema.format) out.push(schema.format);
  if (schema.default !== undefined) out.push(`${say('standard')} ${JSON.stringify(schema.default)}`);
  return out.join(' · ');
}

function field(parameter) {
  const schema = parameter.schema || {};
  const choices = schema.enum || ([schema.type].flat().includes('boolean') ? [true, false] : null);
  if (choices) {
    const select = make('select', { name: parameter.name });
    if (!parameter.required) select.append(make('option', { value: '' }, ''));
    for (const choice of choices) select.append(make('option', { value: String(choice) }, String(choice)));
    if (parameter.example !== undefined) select.value = String(parameter.example);
    return select;
  }
  const input = make('input', { name: parameter.name, autocomplete: 'off' });
  if (schema.format === 'date') input.placeholder = 'AAAA-MM-DD';
  if (parameter.required && parameter.example !== undefined) input.value = parameter.example;
  return input;
}

function addressOf(path, parameters, form) {
  let address = path;
  const query = new URLSearchParams();
  for (const parameter of parameters) {
    const value = form.elements[parameter.name].value;
    if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value !== '') query.append(parameter.name, value);
  }
  const text = query.toString();
  return text ? `${address}?${text}` : address;
}

async function send(method, path, parameters, form, out) {
  const headers = { 'Accept-Language': language };
  if ($('key').value) headers['X-API-Key'] = $('key').value;
  if ($('tenant').value) headers['X-Tenant'] = $('tenant').value;
  const body = form.elements.body ? form.elements.body.value : undefined;
  if (body) {
    try { JSON.parse(body); } catch { return out.replaceChildren(make('p', { className: 'status bad' }, say('invalid'))); }
    headers['Content-Type'] = 'application/json';
  }
  const address = addressOf(path, parameters, form);
  const curl = `curl -X ${method} '${location.origin}${address}'` + (headers['X-API-Key'] ? " -H 'X-API-Key: …'" : '') +
    (headers['X-Tenant'] ? ` -H 'X-Tenant: ${headers['X-Tenant']}'` : '');
  try {
    const answer = await fetch(address, { method, headers, body: body || undefined, cache: 'no-store' });
    const text = await answer.text();
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* shown as it is */ }
    const took = /dur=([\d.]+)/.exec(answer.headers.get('Server-Timing') || '');
    out.replaceChildren(
      make('p', {}, make('span', { className: `status ${answer.ok ? 'good' : 'bad'}` }, `${answer.status} ${answer.statusText}`),
        took ? make('span', { className: 'muted' }, ` · ${took[1]} ${say('ms')}`) : null),
      make('pre', {}, curl), make('pre', {}, shown));
  } catch {
    out.replaceChildren(make('p', { className: 'status bad' }, say('failed')));
  }
}

function operationElement(method, path, operation) {
  const parameters = (operation.parameters || []).map(resolve).filter((each) => each.in !== 'header');
  const rows = parameters.map((each) => make('tr', {},
    make('td', { className: each.required ? 'required' : '' }, each.name),
    make('td', { className: 'field' }, field(each)),
    make('td', {}, ...prose(each.description || ''), make('div', { className: 'muted' }, limits(each.schema || {})))));
  const form = make('form', {});
  if (rows.length) {
    form.append(make('table', {}, make('thead', {}, make('tr', {}, make('th', {}, say('parameter')),
      make('th', {}, say('value')), make('th', {}, say('meaning')))), make('tbody', {}, ...rows)));
  }
  if (operation.requestBody) form.append(make('p', {}, say('body')), make('textarea', { name: 'body', rows: 5 }));
  const out = make('div', {});
  form.append(make('p', {}, make('button', { className: 'send', type: 'submit' }, say('send'))), out);
  form.addEventListener('submit', (event) => { event.preventDefault(); send(method.toUpperCase(), path, parameters, form, out); });

  const media = (operation.responses['200'].content || {})['application/json'] || {};
  const inside = make('div', { className: 'inside' });
  if (operation.description) inside.append(make('p', {}, ...prose(operation.description)));
  inside.append(form);
  const box = make('details', {}, make('summary', {}, make('span', { className: `verb ${method}` }, method.toUpperCase()),
    make('code', {}, path), make('span', { className: 'what' }, operation.summary)), inside);
  box.addEventListener('toggle', () => {  // sketched only when looked at
    if (!box.open || inside.querySelector('.sketch')) return;
    inside.append(make('details', { className: 'sketch' }, make('summary', {}, say('schema')),
      make('pre', {}, sketch(media.schema || {}))));
    if (media.example) {
      inside.append(make('details', {}, make('summary', {}, say('example')),
        make('pre', {}, JSON.stringify(media.example, null, 2))));
    }
  });
  box.dataset.find = `${path} ${operation.operationId} ${operation.summary}`.toLowerCase();
  return box;
}

function show() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = say(element.dataset.text);
  $('language').textContent = say('other');
  $('raw').href = `/openapi.json?lang=${language}`;
  const main = $('main');
  main.replaceChildren(make('p', {}, ...prose(spec.info.description)));
  for (const tag of spec.tags) {
    const section = make('section', {}, make('h2', {}, tag.name, make('small', {}, tag.description)));
    for (const [path, methods] of Object.entries(spec.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.tags.includes(tag.name)) section.append(operationElement(method, path, operation));
      }
    }
    main.append(section);
  }
}

function filter() {
  const wanted = $('filter').value.trim().toLowerCase();
  for (const section of document.querySelectorAll('section')) {
    let any = false;
    for (const box of section.querySelectorAll(':scope > details')) {
      box.hidden = !box.dataset.find.includes(wanted);
      any = any || !box.hidden;
    }
    section.hidden = !any;
  }
}

async function load() {
  try {
    spec = await (await fetch(`/openapi.json?lang=${language}`)).json();
    show();
    filter();
  } catch {
    $('main').replaceChildren(make('p', { className: 'status bad' }, say('failed')));
  }
}

$('language').addEventListener('click', () => { language = language === 'es' ? 'en' : 'es'; load(); });
$('filter').addEventListener('input', filter);
load();

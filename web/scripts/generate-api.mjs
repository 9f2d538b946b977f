// Writes src/api/generated.ts from the OpenAPI document that the program itself prints: `aremko openapi`.
//   node scripts/generate-api.mjs openapi.json
import { readFileSync, writeFileSync } from 'node:fs';

const document = JSON.parse(readFileSync(process.argv[2] ?? 'openapi.json', 'utf8'));
const methods = ['get', 'post', 'put', 'delete'];

const isName = (text) => /^[A-Za-z_$][\w$]*$/.test(text);
const key = (text) => (isName(text) ? text : JSON.stringify(text));

function typeOf(schema) {
  if (schema === undefined || Object.keys(schema).length === 0) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  for (const many of ['anyOf', 'oneOf']) if (schema[many]) return [...new Set(schema[many].map(typeOf))].join(' | ');
  if (schema.allOf) return schema.allOf.map(typeOf).join(' & ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string': return 'string';
    case 'integer':
    case 'number': return 'number';
    case 'boolean': return 'boolean';
    case 'null': return 'null';
    case 'array':
      if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`;
      return `${wrap(typeOf(schema.items))}[]`;
    case 'object':
      if (schema.properties) return objectType(schema.properties, schema.required ?? []);
      return `Record<string, ${typeOf(schema.additionalProperties)}>`;
    default: throw new Error(`no TypeScript for ${JSON.stringify(schema)}`);
  }
}

const wrap = (type) => (/[|&]/.test(type) ? `(${type})` : type);

function objectType(properties, required) {
  const members = Object.entries(properties).map(([name, schema]) =>
    `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`);
  return `{ ${members.join(' ')} }`;
}

function operation(path, method, declared) {
  const parameters = (declared.parameters ?? []).filter((one) => one.in === 'path' || one.in === 'query');
  const body = declared.requestBody?.content['application/json'].schema;
  const properties = { ...Object.fromEntries(parameters.map((one) => [one.name, one.schema])), ...body?.properties };
  const required = [...parameters.filter((one) => one.required).map((one) => one.name), ...(body?.required ?? [])];
  const ok = declared.responses['200']?.content?.['application/json']?.schema;
  const accepted = declared.responses['202']?.content?.['application/json']?.schema;
  const output = [...new Set([ok, accepted].filter(Boolean).map(typeOf))].join(' | ') || 'unknown';
  const route = {
    method: method.toUpperCase(),
    path,
    query: parameters.filter((one) => one.in === 'query').map((one) => one.name),
    body: Object.keys(body?.properties ?? {}),
  };
  const optional = required.length === 0 ? ' = {}' : '';
  return `  /** ${declared.summary} */
  ${key(declared.operationId)}: (input: ${objectType(properties, required)}${optional}, options?: CallOptions) =>
    call<${output}>(${JSON.stringify(route)}, input, options),`;
}

const schemas = Object.entries(document.components.schemas)
  .map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`);
const operations = Object.entries(document.paths)
  .flatMap(([path, all]) => methods.filter((method) => all[method]).map((method) => operation(path, method, all[method])));

writeFileSync(new URL('../src/api/generated.ts', import.meta.url), `// Generated from the program's own OpenAPI document; do not edit.
import { call, type CallOptions } from './http';

${schemas.join('\n')}

export const api = {
${operations.join('\n')}
};
`);
console.log(`${schemas.length} types, ${operations.length} operations`);

// The guide's three use cases, driven by the official clients: node use_cases.mjs JOB.json with
// {modules, sdk: 1 | 2, era: "legacy" | "auto" | "modern", url, key, asOf}. Prints one JSON object of what came of it.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const from = (path) => import(pathToFileURL(`${job.modules}/@modelcontextprotocol/${path}`).href);
const requestInit = { headers: { Authorization: `Bearer ${job.key}`, "Accept-Language": "es" } };

// The client's own model: invents a price the first time, and writes from the facts when it is told.
const asked = [];
const model = (params) => {
  const prompt = params.messages.map((message) => [message.content].flat().map((block) => block.text).join("")).join("\n");
  asked.push(prompt);
  const facts = JSON.parse(prompt.match(/\{"customer_id".*\}/)[0]);
  const offer = facts.ofertas[0], pesos = (amount) => "$" + amount.toLocaleString("es-CL");
  const who = offer.personas === 1 ? "para 1 persona" : `para ${offer.personas} personas`;
  const price = asked.length === 1 ? "$1.234" : pesos(offer.precio_oferta);
  return { role: "assistant", model: "a-model", stopReason: "endTurn",
           content: { type: "text", text: `¡Hola ${facts.primer_nombre}! Te extrañamos en ${facts.negocio}. ${offer.nombre} por ${price} ${who}.` } };
};

async function connect() {
  if (job.sdk === 1) {
    const [{ Client }, { StreamableHTTPClientTransport }, types] = await Promise.all(
      ["sdk/dist/esm/client/index.js", "sdk/dist/esm/client/streamableHttp.js", "sdk/dist/esm/types.js"].map(from));
    const client = new Client({ name: "use-cases", version: "1" }, { capabilities: { sampling: {} } });
    client.setRequestHandler(types.CreateMessageRequestSchema, (request) => model(request.params));
    await client.connect(new StreamableHTTPClientTransport(new URL(job.url), { requestInit }));
    return client;
  }
  const { Client, StreamableHTTPClientTransport } = await from("client/dist/index.mjs");
  const mode = job.era === "modern" ? { pin: "2026-07-28" } : job.era;
  const client = new Client({ name: "use-cases", version: "1" }, { capabilities: { sampling: {} }, versionNegotiation: { mode } });
  client.setRequestHandler("sampling/createMessage", (request) => model(request.params));
  await client.connect(new StreamableHTTPClientTransport(new URL(job.url), { requestInit }));
  return client;
}

const client = await connect();
const call = async (name, args = {}) => {
  const result = await client.callTool({ name, arguments: args });
  if (result.isError) throw new Error(`${name}: ${result.content[0].text}`);
  return { data: result.structuredContent, text: result.content[0].text };
};
const as_of = job.asOf, out = {};

// 1. A guest calls after years.
const typed = await client.complete({ ref: { type: "ref/prompt", name: "returning_guest" }, argument: { name: "customer", value: "maria gonz" } });
out.completed = typed.completion.values;
const prompt = await client.getPrompt({ name: "returning_guest", arguments: { customer: typed.completion.values.find((name) => name.endsWith("(123)")) } });
out.prompt = prompt.messages.map((message) => message.content.type);
const found = await call("search_customers", { query: "maria gonzales", source: "all", as_of });
out.found = found.data.guests[0].customer_id;
const card = await call("get_customer", { customer_id: out.found, as_of });
out.card = { segment: card.data.segment, visits: card.data.statistics.total_visitas, spent: card.data.statistics.total_gastado, text: card.text };
const proposal = await call("draft_proposal", { customer_id: out.found, as_of });
out.proposal = { author: proposal.data.author, message: proposal.data.mensaje, accepted: proposal.data.accepted };
out.asked = asked.length;
out.told = asked.length > 1 && asked[1].includes("$1.234");

// 2. A reactivation list.
const list = await call("list_inactive_customers", { months: 12, limit: 5, as_of });
out.inactive = list.data.guests.map((guest) => guest.reactivation_priority);
const next = await call("list_inactive_customers", { months: 12, limit: 5, cursor: list.data.next, as_of });
out.apart = next.data.guests.every((guest) => !list.data.guests.some((other) => other.customer_id === guest.customer_id));

// 3. The month's segments.
const segments = await call("list_segments", { as_of });
out.segments = segments.data.segments.map((segment) => segment.segment);
const risk = await call("list_segment_customers", { segment: "At Risk", limit: 3, as_of });
out.members = risk.data.guests.length;
const templates = await client.listResourceTemplates();
out.templates = templates.resourceTemplates.map((template) => template.uriTemplate).sort();
const resource = await client.readResource({ uri: "aremko://segments/At%20Risk" });
out.resource = JSON.parse(resource.contents[0].text).segment;
const ui = await client.readResource({ uri: "ui://aremko/guest-card" });
out.ui = { mime: ui.contents[0].mimeType, bytes: ui.contents[0].text.length };

// What is refused comes as a sentence, not as a broken call.
const wrong = await client.callTool({ name: "get_customer", arguments: { customer_id: "María" } });
out.wrong = { isError: wrong.isError, text: wrong.content[0].text };
const health = await call("get_data_health");
out.sources = health.data.sources.length;
out.version = job.sdk === 2 && client.getProtocolEra ? client.getProtocolEra() : "legacy";
await client.close();
console.log(JSON.stringify(out));

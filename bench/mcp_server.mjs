// A minimal server on the official TypeScript SDK 1.x, as its own example makes one, answering one tool with a text and
// an object read from a file: node mcp_server.mjs MODULES ANSWER.json PORT stateless|session.
// `stateless` is the SDK's example for many clients (a server and a transport a request); `session` keeps one of each.
import fs from "node:fs";
import { randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";

const [modules, answerFile, port, kind] = process.argv.slice(2);
const sdk = (path) => import(pathToFileURL(`${modules}/@modelcontextprotocol/sdk/dist/esm/server/${path}`).href);
const [{ McpServer }, { StreamableHTTPServerTransport }, { createMcpExpressApp }] = await Promise.all(["mcp.js", "streamableHttp.js", "express.js"].map(sdk));
const z = await import(pathToFileURL(`${modules}/zod/v4/index.js`).href);
const { content, structuredContent } = JSON.parse(fs.readFileSync(answerFile, "utf8"));

const makeServer = () => {
  const server = new McpServer({ name: "minimal", version: "1.0.0" });
  server.registerTool("get_customer", { description: "A customer", inputSchema: { customer_id: z.number().int(), as_of: z.string().optional() } },
    async () => ({ content, structuredContent }));
  return server;
};
const app = createMcpExpressApp();
let kept = null;
app.post("/mcp", async (request, response) => {
  if (kind === "session" && request.headers["mcp-session-id"]) return kept.handleRequest(request, response, request.body);
  const server = makeServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: kind === "session" ? randomUUID : undefined, enableJsonResponse: true });
  await server.connect(transport);
  if (kind === "session") kept = transport;
  else response.on("close", () => { transport.close(); server.close(); });
  await transport.handleRequest(request, response, request.body);
});
app.listen(Number(port), "127.0.0.1", () => console.log("ready"));

"use strict";
// Speaks to the host that shows this page (MCP Apps over postMessage): says hello, takes the theme and the language,
// and draws every tool result it is handed. Nothing else comes in, and nothing goes out but the page's own height.
const host = (() => {
  let next = 1, language = (navigator.language || "es").slice(0, 2), last = null, draw = () => {};
  const waiting = new Map();
  const send = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  const ask = (method, params) => new Promise((done, failed) => {
    waiting.set(next, { done, failed });
    send({ id: next++, method, params });
  });
  const tell = (method, params) => send({ method, params });
  const t = (es, en) => (language === "en" ? en : es);
  const show = () => {
    document.documentElement.lang = language;
    const card = document.getElementById("card");
    card.replaceChildren(...draw(last, t));
    tell("ui/notifications/size-changed", { width: Math.ceil(document.documentElement.scrollWidth), height: Math.ceil(card.getBoundingClientRect().height) });
  };
  const heed = (context) => {
    if (!context) return;
    if (context.theme === "dark" || context.theme === "light") document.documentElement.dataset.theme = context.theme;
    if (typeof context.locale === "string") language = context.locale.slice(0, 2) === "en" ? "en" : "es";
  };
  addEventListener("message", (event) => {
    if (event.source !== parent || !event.data || event.data.jsonrpc !== "2.0") return;
    const { id, method, params, result, error } = event.data;
    if (method === "ui/notifications/tool-result") {
      last = params && !params.isError && params.structuredContent ? params.structuredContent : null;
      show();
    } else if (method === "ui/notifications/host-context-changed") {
      heed(params);
      show();
    } else if (method === "ui/resource-teardown" || method === "ping") {
      send({ id, result: {} });
    } else if (method && id !== undefined) {
      send({ id, error: { code: -32601, message: "Method not found" } });
    } else if (waiting.has(id)) {
      const { done, failed } = waiting.get(id);
      waiting.delete(id);
      error ? failed(error) : done(result);
    }
  });
  return {
    start(drawing) {
      draw = drawing;
      show();
      ask("ui/initialize", { protocolVersion: "2026-01-26", appInfo: { name: "aremko-card", version: "1" }, appCapabilities: {} })
        .then((answer) => {
          heed(answer && answer.hostContext);
          tell("ui/notifications/initialized", {});
          show();
        })
        .catch(() => {});
    },
  };
})();
// Small helpers. Texts are set as text, never as markup: a guest's name is what somebody typed.
const el = (tag, className, ...children) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
};
const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const money = (amount) => "$" + Math.round(amount).toLocaleString("es-CL");
const months_es = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
const months_en = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const day = (text, t) => {
  if (!text) return t("sin fecha", "undated");
  const [year, month, date] = text.slice(0, 10).split("-").map(Number);
  return `${date} ${t(months_es, months_en)[month - 1].slice(0, 3)} ${year}`;
};
const span = (days, t) => {
  if (days === null || days === undefined) return "–";
  const said = (n, es, ess, en) => `${n} ${n === 1 ? t(es, en) : t(ess, en + "s")}`;
  if (days < 14) return said(days, "día", "días", "day");
  if (days < 60) return said(Math.round(days / 7), "semana", "semanas", "week");
  if (days < 548) return said(Math.round(days / 30.44), "mes", "meses", "month");
  return said(Math.round(days / 365.25), "año", "años", "year");
};
// Columns with their values over them; `labels` under them.
const columns = (values, labels, title, colour = "var(--bar)") => {
  const width = 380, height = 104, most = Math.max(1, ...values), step = width / values.length, bar = Math.min(26, step * 0.62);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  values.forEach((value, index) => {
    const tall = value === 0 ? 1.5 : Math.max(4, (value / most) * 66), x = index * step + (step - bar) / 2;
    picture.append(svg("rect", { x, y: 86 - tall, width: bar, height: tall, rx: Math.min(3, tall / 2), fill: value === 0 ? "var(--line)" : colour }));
    if (value > 0) picture.append(svg("text", { x: x + bar / 2, y: 80 - tall, "text-anchor": "middle", class: "v" }, String(value)));
    picture.append(svg("text", { x: x + bar / 2, y: 101, "text-anchor": "middle" }, labels[index]));
  });
  return picture;
};

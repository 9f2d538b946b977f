const colours = { VIP: "#0f6b6b", Champions: "#2f8f83", Loyal: "#67b3a1", New: "#4c7fb8", Promising: "#8fb3d9", "At Risk": "#c4622d", Hibernating: "#c9a227", Lost: "#9b8f7c", Occasional: "#c3bcae" };
const spark = (values, title) => {
  const most = Math.max(1, ...values), picture = svg("svg", { viewBox: "0 0 118 34", role: "img", "aria-label": title });
  values.forEach((value, index) => {
    const tall = Math.max(1.5, (value / most) * 30);
    picture.append(svg("rect", { x: index * 10, y: 34 - tall, width: 7, height: tall, rx: 1.5, fill: value === most ? "var(--bar)" : "var(--bar2)" }));
  });
  return picture;
};
const row = (segment, t) => {
  const dot = el("i", "");
  dot.style.cssText = `display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:8px;background:${colours[segment.segment]}`;
  const months = t("Visitas por mes, enero a diciembre", "Visits by month, January to December");
  return el("tr", "", el("td", "", el("span", "name", dot, segment.segment), el("p", "", segment.meaning), segment.top_services.length ? el("p", "", segment.top_services.join(" · ")) : null),
    el("td", "", el("span", "name", segment.customers.toLocaleString("es-CL")), el("p", "", `${segment.share_percent.toLocaleString(t("es-CL", "en"))} %`)),
    el("td", "", money(segment.ltv_promedio)), el("td", "opt", segment.visitas_promedio.toLocaleString(t("es-CL", "en"))),
    el("td", "months", segment.visits_by_month.some(Boolean) ? spark(segment.visits_by_month, months) : "–"));
};
host.start((table, t) => {
  if (!table || !table.segments) return [el("p", "empty", t("Sin datos que mostrar todavía.", "Nothing to show yet."))];
  const mix = el("div", "mix"), legend = el("div", "legend");
  for (const segment of table.segments) {
    if (!segment.customers) continue;
    const part = el("i", ""), key = el("i", "");
    part.style.cssText = `flex:${segment.customers};background:${colours[segment.segment]}`;
    part.title = `${segment.segment}: ${segment.customers}`;
    key.style.background = colours[segment.segment];
    mix.append(part);
    legend.append(el("span", "", key, `${segment.segment} ${segment.share_percent.toLocaleString(t("es-CL", "en"))} %`));
  }
  const heads = [["", t("Segmento", "Segment")], ["", t("Clientes", "Customers")], ["", t("Gasto promedio", "Average spent")], ["opt", t("Visitas", "Visits")], ["months", t("Ene – Dic", "Jan – Dec")]];
  const body = el("tbody", "");
  for (const segment of table.segments) body.append(row(segment, t));
  return [el("header", "head", el("div", "who", el("h1", "", t("Segmentos de clientes", "Customer segments")), el("p", "", t(`Al ${day(table.as_of, t)}`, `As of ${day(table.as_of, t)}`))),
    el("div", "right", el("b", "", `${table.total_customers.toLocaleString("es-CL")} ${t("clientes", "customers")}`), el("p", "meaning", `${money(table.ltv_total)} ${t("en total", "in all")}`))),
    mix, legend, el("table", "", el("thead", "", el("tr", "", ...heads.map(([name, text]) => el("th", name, text)))), body)];
});

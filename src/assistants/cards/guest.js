const section = (title, ...children) => el("section", "", el("h2", "", title), ...children);
const fact = (value, label) => el("div", "fact", el("b", "", value), el("span", "", label));
const dots = (name, score) => {
  const row = el("div", "dots");
  for (let i = 1; i <= 5; ++i) row.append(el("i", i <= score ? (score <= 2 ? "low" : "on") : ""));
  return el("div", "", name, row, el("em", "", `${score}/5`));
};
const visits = (guest, t) => {
  const list = el("ol", "time");
  const line = (visit, className) => el("li", className, el("span", "d", day(visit.fecha, t)),
    el("span", "", visit.servicios.join(", ") || t("sin servicios", "no services")), el("span", "m", money(visit.total)));
  for (const visit of guest.upcoming_visits || []) list.append(line(visit, "next"));
  for (const visit of guest.recent_visits || []) list.append(line(visit, visit.source === "legacy" ? "legacy" : ""));
  return list;
};
const favourites = (guest, t) => {
  const list = el("ul", "list"), all = guest.service_preferences || [];
  for (const service of all) {
    const filled = el("i", "");
    filled.style.width = `${(100 * service.veces_reservado) / all[0].veces_reservado}%`;
    list.append(el("li", "", service.servicio_nombre, el("span", "muted", `${service.veces_reservado} ${t("veces", "times")}`), el("div", "track", filled)));
  }
  return all.length ? list : el("p", "muted", t("Todavía ninguno.", "None yet."));
};
const offer = (guest, t) => {
  const it = guest.offer;
  if (!it) return null;
  const cut = it.descuento_porcentaje > 0 ? t(`${it.descuento_porcentaje} % de descuento. `, `${it.descuento_porcentaje} % off. `) : "";
  const what = it.servicios.map((service) => `${service.nombre}${service.duracion ? ` ${service.duracion} min` : ""}`).join(" · ");
  return el("section", "offer wide", el("h2", "", t("Qué ofrecerle", "What to offer")), el("div", "", el("b", "", it.nombre), el("p", "", what), el("p", "muted", cut + it.motivo)),
    el("div", "", el("span", "price", money(it.precio_oferta)), el("p", "muted", t(`para ${it.personas} ${it.personas === 1 ? "persona" : "personas"}`, `for ${it.personas} ${it.personas === 1 ? "person" : "people"}`)), it.precio_lista > it.precio_oferta ? el("span", "was", money(it.precio_lista)) : null));
};
const guest_head = (guest, t) => {
  const warm = ["At Risk", "Hibernating", "Lost"].includes(guest.segment), stats = guest.statistics;
  const where = [guest.ciudad, stats && stats.primera_visita ? t(`cliente desde ${stats.primera_visita.slice(0, 4)}`, `guest since ${stats.primera_visita.slice(0, 4)}`) : null];
  const contact = guest.contact ? [guest.contact.telefono, guest.contact.email, guest.contact.documento_identidad].filter(Boolean).join(" · ") : "";
  return el("header", "head", el("div", "who", el("h1", "", guest.nombre), el("p", "", where.filter(Boolean).join(" · ")), contact ? el("p", "", contact) : null),
    guest.segment ? el("div", "right", el("span", warm ? "badge warm" : "badge", guest.segment), el("p", "meaning", guest.segment_meaning || "")) : null);
};
const guest_facts = (guest, t) => {
  const stats = guest.statistics;
  if (!stats) return null;
  const source = stats.visitas_por_fuente, days = guest.rfm_analysis ? guest.rfm_analysis.days_since_last_visit : null;
  const both = source && source.legacy > 0 ? t(`visitas: ${source.current} actuales, ${source.legacy} históricas`, `visits: ${source.current} current, ${source.legacy} legacy`) : t("visitas", "visits");
  return el("div", "facts", fact(String(stats.total_visitas), both), fact(money(stats.total_gastado), t("gastado en total", "spent in all")),
    fact(money(stats.promedio_por_visita), t("por visita", "a visit")), fact(span(days, t), stats.ultima_visita ? t("sin venir, desde el ", "away, since ") + day(stats.ultima_visita, t) : t("sin visitas", "no visits")));
};
const guest_foot = (guest, t) => {
  const foot = el("footer", "foot");
  if (guest.channels) {
    const names = { whatsapp: "WhatsApp", telefono: t("teléfono", "phone"), email: "e-mail" };
    foot.append(el("span", "", t("Se le puede escribir por", "May be reached by"), ...(guest.channels.length ? guest.channels.map((channel) => el("span", "chip", names[channel])) : [el("span", "chip", t("ningún canal", "no channel"))])));
  }
  for (const tie of guest.legacy_records || []) foot.append(el("span", "", t(`Registro histórico ${tie.legacy_id}`, `Legacy record ${tie.legacy_id}`), tie.confidence_score ? el("span", "chip", `${Math.round(tie.confidence_score)} %`) : null));
  foot.append(el("span", "", t(`Al ${day(guest.as_of, t)}`, `As of ${day(guest.as_of, t)}`)));
  return foot;
};
host.start((guest, t) => {
  if (!guest) return [el("p", "empty", t("Sin datos que mostrar todavía.", "Nothing to show yet."))];
  const grid = el("div", "grid"), rfm = guest.rfm_analysis, season = guest.seasonality;
  grid.append(...[offer(guest, t)].filter(Boolean));
  if (rfm) {
    grid.append(section("RFM", el("div", "rfm", dots(t("Recencia", "Recency"), rfm.recency_score), dots(t("Frecuencia", "Frequency"), rfm.frequency_score), dots(t("Gasto", "Money"), rfm.monetary_score)),
      el("p", "muted", [t("Riesgo de fuga: ", "Churn risk: ") + (guest.churn_risk || "–"), guest.visit_frequency].filter(Boolean).join(" · "))));
  }
  if (guest.service_preferences) grid.append(section(t("Prefiere", "Prefers"), favourites(guest, t)));
  if (season && season.visits_by_month) {
    const initials = t(months_es, months_en).map((name) => name[0].toUpperCase());
    grid.append(section(t("Meses", "Months"), columns(Object.values(season.visits_by_month), initials, t("Visitas por mes", "Visits by month"), "var(--bar2)"), el("p", "muted", season.pattern)));
  }
  if (guest.visits_by_year && guest.visits_by_year.length) {
    const years = guest.visits_by_year.slice(-10);
    grid.append(section(t("Visitas por año", "Visits by year"), columns(years.map((year) => year.visits), years.map((year) => String(year.year)), t("Visitas por año", "Visits by year"))));
  }
  if (guest.recent_visits) {
    const time = section(t("Últimas visitas", "Latest visits"), visits(guest, t), el("div", "key", el("span", "", el("i", ""), t("base actual", "current database")), el("span", "", el("i", "l"), t("archivos históricos", "legacy files"))));
    time.className = "wide";
    grid.append(time);
  }
  const note = guest.es_staff ? t("Cuenta del personal: no es un cliente.", "Staff account: no customer.")
    : guest.no_contact_before ? t(`No contactar antes del ${day(guest.no_contact_before, t)}.`, `Do not contact before ${day(guest.no_contact_before, t)}.`) : "";
  return [guest_head(guest, t), note ? el("p", "note", note) : null, guest_facts(guest, t), grid, guest_foot(guest, t)].filter(Boolean);
});

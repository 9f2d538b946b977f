import { useState } from 'react';
import type { ActivityMonth, Seasons } from '../../api/generated';
import { decimal, number, shortMonth } from '../../format';
import { useWords } from '../../i18n/language';

const height = 150, below = 20, over = 14;
const levels = [0, 0.5, 1];

/** A round number not below `value`: 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return (([1, 2, 2.5, 5, 10].find((one) => one * power >= value) ?? 10) * power);
}

const nameOf = (month: ActivityMonth) => `${shortMonth(Number(month.month.slice(5)) - 1)} ${month.month.slice(0, 4)}`;

/** One figure by month: a column of its sources, one above the other; the running month dashed, the end of the old files marked. */
export function Months({ months, value, legacy, show, label, filesEnd }: {
  months: ActivityMonth[]; value: (month: ActivityMonth) => number; legacy: (month: ActivityMonth) => number; show: (value: number) => string; label: string; filesEnd: string | null;
}) {
  const words = useWords();
  const w = words.owner;
  const [at, setAt] = useState<number>();
  const top = roundUp(Math.max(1, ...months.map(value)));
  const width = 100 / Math.max(1, months.length);
  const tall = (part: number) => Math.max(0, (part / top) * (height - 8));
  const end = filesEnd === null ? -1 : months.findIndex((month) => month.month === filesEnd.slice(0, 7));
  const marked = end >= 0 && end < months.length - 1;
  const years = Math.ceil(months.length / 120);  // where there are many, every second or third is named
  const text = (month: ActivityMonth) => `${nameOf(month)}: ${show(value(month))}${legacy(month) > 0 ? ` (${w.fromLegacy}: ${show(legacy(month))})` : ''}${month.completo ? '' : ` · ${w.running}`}`;
  const read = months[at ?? months.length - 1];
  return (
    <figure aria-label={label} role="group">
      <p className="months-read" aria-hidden="true">{read && text(read)}</p>
      <div className="months-plot">
        <div className="months-axis" aria-hidden="true" style={{ height: height + below + over }}>{levels.map((share) => <span key={share} style={{ top: over + height - share * (height - 8) }}>{show(share * top)}</span>)}</div>
        <svg className="months" height={height + below + over} role="img" aria-label={label} onPointerLeave={() => setAt(undefined)}>
          {levels.map((share) => <line key={share} className="grid-line" x1="0" x2="100%" y1={over + height - share * (height - 8)} y2={over + height - share * (height - 8)} />)}
          {months.map((month, index) => {
            const old = tall(legacy(month)), now = tall(value(month) - legacy(month));
            const named = months.length <= 24 ? index % Math.ceil(months.length / 8) === 0 : month.month.endsWith('-01') && Number(month.month.slice(0, 4)) % years === 0;
            return (
              <svg key={month.month} x={`${index * width}%`} y={over} width={`${width}%`} height={height + below} overflow="visible">
                <g className="month" onPointerEnter={() => setAt(index)}>
                  <rect x="0" width="100%" y="0" height={height} fill="transparent" />
                  {month.completo
                    ? <><rect x="10%" width="80%" y={height - old - now} height={now} className="now" /><rect x="10%" width="80%" y={height - old} height={old} className="old" /></>
                    : <rect x="10%" width="80%" y={height - Math.max(2, old + now)} height={Math.max(2, old + now)} className="running" />}
                  <title>{text(month)}</title>
                </g>
                {named && <text x="50%" y={height + 15} textAnchor={index === 0 ? 'start' : 'middle'}>{months.length <= 24 ? nameOf(month) : month.month.slice(0, 4)}</text>}
              </svg>
            );
          })}
          {marked && <><line className="end" x1={`${(end + 1) * width}%`} x2={`${(end + 1) * width}%`} y1={0} y2={height + over} /><text className="end-text" x={`${(end + 1) * width}%`} y={10} dx={end > months.length / 2 ? -5 : 5} textAnchor={end > months.length / 2 ? 'end' : 'start'}>{w.endMark}</text></>}
        </svg>
      </div>
    </figure>
  );
}

export function MonthsKey({ months }: { months: ActivityMonth[] }) {
  const w = useWords().owner;
  return (
    <p className="months-key"><span><i />{w.fromCurrent}</span>{months.some((month) => month.visitas_legacy > 0) && <span><i className="old" />{w.fromLegacy}</span>}{months.some((month) => !month.completo) && <span><i className="running" />{w.running}</span>}</p>
  );
}

/** The months of the year over whole years: mean, lowest and highest, and this year's. */
export function SeasonsChart({ seasons }: { seasons: Seasons }) {
  const words = useWords();
  const w = words.owner;
  if (seasons.meses.length === 0) return <p className="small muted">{w.noSeasons}</p>;
  const top = roundUp(Math.max(1, ...seasons.meses.map((one) => Math.max(one.maximo, one.este_ano ?? 0))));
  const y = (value: number) => height - (value / top) * (height - 8);
  const text = (one: Seasons['meses'][number]) => `${w.cell(words.months[one.mes - 1] ?? '', decimal(one.media), one.minimo, one.maximo)}${one.este_ano === null ? '' : `; ${w.now(one.este_ano)}`}`;
  return (
    <figure aria-label={words.overview.year} role="group">
      <div className="months-plot narrow">
        <div className="months-axis" aria-hidden="true" style={{ height: height + below }}>{levels.map((share) => <span key={share} style={{ top: y(share * top) }}>{number(share * top)}</span>)}</div>
        <svg className="months" height={height + below} aria-hidden="true">
          {levels.map((share) => <line key={share} className="grid-line" x1="0" x2="100%" y1={y(share * top)} y2={y(share * top)} />)}
          {seasons.meses.map((one, index) => (
            <svg key={one.mes} x={`${(index * 100) / 12}%`} width={`${100 / 12}%`} height={height + below} overflow="visible">
              <rect className="season-band" x="18%" width="64%" y={y(one.maximo)} height={Math.max(1, y(one.minimo) - y(one.maximo))} rx="3"><title>{text(one)}</title></rect>
              <line className="season-mean" x1="14%" x2="86%" y1={y(one.media)} y2={y(one.media)} />
              {one.este_ano !== null && <circle className="season-dot" cx="50%" cy={y(one.este_ano)} r="4.5"><title>{text(one)}</title></circle>}
              <text x="50%" y={height + 15} textAnchor="middle">{shortMonth(one.mes - 1).slice(0, 3)}</text>
            </svg>
          ))}
        </svg>
      </div>
      <p className="months-key"><span><i className="band" />{w.range}</span><span><i />{w.mean}</span><span><i className="dot-key" />{w.thisYearDots}</span></p>
      <ul className="visually-hidden">{seasons.meses.map((one) => <li key={one.mes}>{text(one)}</li>)}</ul>
    </figure>
  );
}

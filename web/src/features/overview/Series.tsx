import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ActivityMonth } from '../../api/generated';
import { useDark } from '../../app/theme';
import { number, pesos, shortMonth, shortPesos } from '../../format';
import { useWords } from '../../i18n/language';

const height = 280;

/** Sales as an area, visits as a line, by month. */
export default function Series({ months }: { months: ActivityMonth[] }) {
  const words = useWords();
  const dark = useDark();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const css = getComputedStyle(document.documentElement);
    const color = (name: string) => css.getPropertyValue(name).trim();
    const font = `12px ${color('--font')}`;
    const at = months.map((month) => Date.UTC(Number(month.month.slice(0, 4)), Number(month.month.slice(5)) - 1, 1) / 1000);
    const axis: Partial<uPlot.Axis> = { stroke: color('--ink-3'), font, grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } };
    const name = (seconds: number) => {
      const day = new Date(seconds * 1000);
      return `${shortMonth(day.getUTCMonth())} ${day.getUTCFullYear()}`;
    };
    const chart = new uPlot({
      width: element.clientWidth,
      height,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { points: { size: 7 } },
      scales: { x: { time: true }, money: { range: (_, __, most) => [0, most * 1.08 || 1] }, visits: { range: (_, __, most) => [0, most * 1.25 || 1] } },
      axes: [
        { ...axis, grid: { show: false }, space: 70, values: (_, all) => all.map(name) },
        { ...axis, scale: 'money', size: 68, values: (_, all) => all.map((value) => shortPesos(value)) },
        { ...axis, scale: 'visits', side: 1, size: 48, grid: { show: false }, values: (_, all) => all.map((value) => number(value)) },
      ],
      series: [
        { label: words.overview.monthColumn, value: (_, value) => (value === null ? '–' : name(value)) },
        { label: words.overview.sales, scale: 'money', stroke: color('--accent'), width: 2, fill: color('--accent-soft'), value: (_, value) => (value === null ? '–' : pesos(value)), points: { show: false } },
        { label: words.overview.visitsSeries, scale: 'visits', stroke: color('--warm'), width: 2, dash: [5, 4], value: (_, value) => (value === null ? '–' : number(value)), points: { show: false } },
      ],
    }, [at, months.map((month) => month.gastado), months.map((month) => month.visitas)], element);
    const watch = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [months, dark, words]);
  return <div ref={place} role="img" aria-label={words.overview.series} />;
}

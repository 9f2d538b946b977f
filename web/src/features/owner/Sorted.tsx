import { useState, type ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';

export interface Column<Row> {
  name: string;
  value: (row: Row) => number | string | null;  // what it is sorted by
  show?: (row: Row) => ReactNode;
  text?: boolean;                                // to the left, and its first order is ascending
}

/** A small table that its heads sort; the first column is the row's name. */
export function Sorted<Row>({ rows, columns, by, label, rowKey }: { rows: Row[]; columns: Column<Row>[]; by: number; label: string; rowKey: (row: Row) => string }) {
  const words = useWords();
  const [at, setAt] = useState(by);
  const [down, setDown] = useState(!columns[by]?.text);
  const column = columns[at];
  const order = (a: Row, b: Row): number => {
    const x = column?.value(a) ?? null, y = column?.value(b) ?? null;
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const way = typeof x === 'string' ? x.localeCompare(String(y), 'es') : x - Number(y);
    return down ? -way : way;
  };
  const press = (index: number) => {
    setDown(index === at ? !down : !columns[index]?.text);
    setAt(index);
  };
  return (
    <div className="sideways" tabIndex={0} role="group" aria-label={label}>
      <table className="plain-table sorted">
        <thead><tr>{columns.map((one, index) => (
          <th key={one.name} scope="col" className={one.text ? '' : 'num'} aria-sort={index === at ? (down ? 'descending' : 'ascending') : 'none'}>
            <button type="button" aria-label={words.owner.sortBy(one.name)} onClick={() => press(index)}>{one.name}{index === at && <Icon name={down ? 'sortDown' : 'sortUp'} size={14} />}</button>
          </th>
        ))}</tr></thead>
        <tbody>{[...rows].sort(order).map((row) => (
          <tr key={rowKey(row)}>{columns.map((one, index) => {
            const shown = one.show ? one.show(row) : one.value(row);
            return index === 0 ? <th key={one.name} scope="row">{shown}</th> : <td key={one.name} className={one.text ? '' : 'num'}>{shown}</td>;
          })}</tr>
        ))}</tbody>
      </table>
    </div>
  );
}

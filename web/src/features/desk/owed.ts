import type { Arrival } from '../../api/generated';

export interface Owed {
  /** What each booking's guest owes from before, by booking; told once, with the first of their bookings. */
  before: ReadonlyMap<number, number>;
  people: number;  // who have something to pay, however often they come
  money: number;
}

/** What is to be paid on a day. A guest with two bookings is one who owes, and one debt. */
export function owedOn(arrivals: readonly Arrival[]): Owed {
  // Of somebody who comes twice, one booking may stand among the other's debts: what both name is from before.
  const debts = new Map<number, number>();
  for (const one of arrivals) debts.set(one.customer_id, Math.min(one.debe, debts.get(one.customer_id) ?? one.debe));
  const before = new Map<number, number>(), owing = new Set<number>();
  let money = 0;
  for (const one of arrivals) {
    const debt = debts.get(one.customer_id) ?? 0;
    debts.set(one.customer_id, 0);
    before.set(one.reserva, debt);
    if (one.saldo + debt > 0) owing.add(one.customer_id);
    money += one.saldo + debt;
  }
  return { before, people: owing.size, money };
}

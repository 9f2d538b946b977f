import { useState } from 'react';

/** What went wrong with one question; another question has not gone wrong yet. */
export function useFault(question: string): [unknown, (fault: unknown) => void] {
  const [fault, setFault] = useState<{ question: string; fault: unknown } | null>(null);
  return [fault?.question === question ? fault.fault : null, (next) => setFault(next === null ? null : { question, fault: next })];
}

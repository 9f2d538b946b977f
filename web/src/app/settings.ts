// What a browser remembers for its person: language, theme, columns, what was ticked today. Of a guest an id at most.
const prefix = 'aremko.';

export function remembered<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still works.
  }
}

/** What is dear to work out and never changes: the few last asked for are kept. */
export interface LatestKept<T> {
  /** @throws what `work` throws; then it is tried again by the next one */
  get: (key: string, work: () => Promise<T>) => Promise<T>;
}

export function keepLatest<T>(most: number): LatestKept<T> {
  const kept = new Map<string, Promise<T>>();
  return {
    get(key, work) {
      const known = kept.get(key) ?? work();
      kept.delete(key); // the last asked for stands last
      kept.set(key, known);
      known.catch(() => kept.delete(key));
      if (kept.size > most) kept.delete(kept.keys().next().value!);
      return known;
    },
  };
}

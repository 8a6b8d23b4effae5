import { useSearchParams } from "wouter";

/**
 * What a page keeps in its own part of the address.
 *
 * @returns reads a key (null where it is absent), and writes some: empty values go. A choice of a row is a step that Back
 *   undoes, a letter typed into a filter is none.
 */
export function usePageKeys(): {
  read: (key: string) => string | null;
  write: (values: Record<string, string | null>, how?: "push" | "replace") => void;
} {
  const [search, setSearch] = useSearchParams();
  return {
    read: (key) => search.get(key) || null,
    write: (values, how = "replace") =>
      setSearch(
        (former) => {
          const next = new URLSearchParams(former);
          for (const [key, value] of Object.entries(values)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { replace: how === "replace" },
      ),
  };
}

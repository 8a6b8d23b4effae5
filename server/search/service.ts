import type { SearchResult } from "../../data/schema/search.ts";
import type { Reader } from "../access/reader.ts";
import type { SearchRepository } from "./repository.ts";

export interface SearchService {
  find: (words: string, limit: number, reader: Reader) => Promise<SearchResult>;
}

export function searchService(search: SearchRepository): SearchService {
  return {
    async find(words, limit, reader) {
      // People paste with full-width digits and stray spaces; the register has neither.
      const q = words.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
      return { q: words, hits: q === "" ? [] : await search.find(q, limit, reader.grants) };
    },
  };
}

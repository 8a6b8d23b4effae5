import type { Db } from "./db.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgis } from "./postgis.ts";

export interface OpenOptions {
  /** `DATABASE_URL`; without it the embedded engine is used. */
  database_url: string | null;
  /** Where the embedded engine keeps its data. */
  data_dir: string;
  /** Tries to reach real PostGIS before giving up. */
  attempts?: number;
  onProgress?: (sentence: string) => void;
  onIdleError?: (error: Error) => void;
}

/**
 * Opens the database of the settings; its schema may still have to be brought up to date (`migrate`).
 * @throws StartupError with a sentence in both languages
 */
export function openDb(options: OpenOptions): Promise<Db> {
  const { database_url, data_dir, ...rest } = options;
  return database_url === null ? openEmbedded({ data_dir, ...rest }) : openPostgis({ url: database_url, ...rest });
}

import type { QueryFacts } from "./db.ts";

/** What the worker of the embedded engine is started with. */
export interface EmbeddedStart {
  /** Folder of the cluster; null keeps it in memory (tests). */
  folder: string | null;
  /** A dump of a cluster to start from (tests). */
  restore: string | null;
}

export type EmbeddedCall =
  | { kind: "query"; text: string; values: (string | Uint8Array | null)[] }
  | { kind: "execute"; script: string }
  | { kind: "copy"; text: string; data: Uint8Array }
  | { kind: "dump"; file: string }
  | { kind: "close" };

export type EmbeddedRequest = EmbeddedCall & { id: number };

export type EmbeddedReply =
  | { kind: "progress"; step: BootStep }
  | { kind: "ready"; version: string }
  | { kind: "failed"; reason: string }
  | { kind: "done"; id: number; rows: unknown[]; count: number }
  | { kind: "refused"; id: number; facts: QueryFacts };

export type BootStep = "engine" | "cluster" | "postgis";

import { writeFile, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { postgis } from "@electric-sql/pglite-postgis";
import type { EmbeddedReply, EmbeddedRequest, EmbeddedStart } from "./embedded_protocol.ts";
import { parsers } from "./values.ts";

/**
 * The embedded engine in its own thread: a call blocks the thread until it ends, which here disturbs nobody.
 * Calls come one at a time (see embedded.ts).
 */
const port = parentPort!;
const start = workerData as EmbeddedStart;

function reply(message: EmbeddedReply): void {
  port.postMessage(message);
}

async function boot(): Promise<PGlite> {
  const isNew = start.restore === null && (start.folder === null || !existsSync(join(start.folder, "PG_VERSION")));
  reply({ kind: "progress", step: isNew ? "cluster" : "engine" });
  const engine = await PGlite.create({
    ...(start.folder === null ? {} : { dataDir: start.folder }),
    ...(start.restore === null ? {} : { loadDataDir: new Blob([await readFile(start.restore)]) }),
    extensions: { postgis },
    parsers,
  });
  if (isNew) {
    reply({ kind: "progress", step: "postgis" });
    await engine.exec("create extension if not exists postgis");
  }
  return engine;
}

async function answer(engine: PGlite, request: EmbeddedRequest): Promise<{ rows: unknown[]; count: number }> {
  switch (request.kind) {
    case "query": {
      const result = await engine.query(request.text, request.values);
      return { rows: result.rows, count: result.affectedRows ?? 0 };
    }
    case "execute":
      await engine.exec(request.script);
      return { rows: [], count: 0 };
    case "copy": {
      const blob = new Blob([request.data as Uint8Array<ArrayBuffer>]);
      const result = await engine.query(request.text, [], { blob });
      return { rows: [], count: result.affectedRows ?? 0 };
    }
    case "dump": {
      const dump = await engine.dumpDataDir("none");
      await writeFile(request.file, Buffer.from(await dump.arrayBuffer()));
      return { rows: [], count: 0 };
    }
    case "close":
      await engine.close();
      return { rows: [], count: 0 };
  }
}

/** The fields of the engine's error; its class is not exported. */
interface EngineError extends Error {
  code?: string;
  constraint?: string;
  table?: string;
  detail?: string;
  position?: string;
}

function refuse(id: number, error: EngineError): void {
  const { message, code, constraint, table, detail, position } = error;
  reply({
    kind: "refused",
    id,
    facts: {
      message,
      sqlstate: code ?? "XX000",
      constraint,
      table,
      detail,
      position: position ? Number(position) : undefined,
    },
  });
}

try {
  const engine = await boot();
  const { rows } = await engine.query<{ version: string }>("select current_setting('server_version') as version");
  port.on("message", (request: EmbeddedRequest) => {
    answer(engine, request).then(
      ({ rows, count }) => reply({ kind: "done", id: request.id, rows, count }),
      (error: EngineError) => refuse(request.id, error),
    );
  });
  reply({ kind: "ready", version: `PostgreSQL ${rows[0]!.version.split(" ")[0]}` });
} catch (error) {
  reply({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
}

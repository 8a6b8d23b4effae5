import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { buildWorkers } from "./database.ts";

const root = path.resolve(import.meta.dirname, "../..");

export interface ServerProcess {
  /** Everything it said so far, both streams. */
  said: () => string;
  /** Resolves when it has said what matches; rejects when it ends before. */
  until: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Its exit code, null after a signal. */
  ended: Promise<number | null>;
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** The real server (`dist/server/main.js`) in a process of its own, stopped after the test. */
export async function startServer(settings: Record<string, string>): Promise<ServerProcess> {
  await buildWorkers();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["dist/server/main.js"], {
    cwd: root,
    env: { PATH, HOME, PORT: "0", LOG_LEVEL: "warn", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const server = watch(child);
  onTestFinished(async () => void (await server.stop("SIGKILL")));
  return server;
}

/** A folder for this test, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "grid-atlas-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function watch(child: ChildProcess): ServerProcess {
  let text = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on("data", (piece: Buffer) => {
      text += piece.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    said: () => text,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        void ended.then((code) => reject(new Error(`ended with ${code} before ${pattern}:\n${text}`)));
        look();
      }),
    stop: (signal = "SIGTERM") => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
}

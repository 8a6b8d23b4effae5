import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

export interface ServerProcess {
  /** Without a slash at the end. */
  origin: string;
  stop: () => Promise<void>;
}

/**
 * Starts the built server in a process of its own, on a free port, and waits until the city can be seen.
 *
 * @param settings - environment variables; of ours only PATH and HOME are handed on
 */
export async function startServer(settings: Record<string, string>): Promise<ServerProcess> {
  const main = path.join(root, "dist/server/main.js");
  if (!existsSync(main)) throw new Error("dist/server/main.js is missing: run npm run build first");
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [main], {
    cwd: root,
    env: { PATH, HOME, PORT: "0", LOG_LEVEL: "warn", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  };
  return { origin: await addressOf(child), stop };
}

/** The address that the server says when the city can be seen. */
function addressOf(child: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const read = (piece: Buffer) => {
      text += piece.toString();
      const ready = /ready:\s+(http:\S+)/.exec(text)?.[1];
      if (ready) resolve(ready.replace(/\/$/, ""));
    };
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
  });
}

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `package.json`, wherever this file runs from (sources or `dist`). */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json was not found above this file");
    folder = parent;
  }
  return folder;
}

/**
 * The file that a worker thread starts from, beside `url`. Node 20 runs no TypeScript: when this code is run
 * from its sources (by the tests), workers come from `dist`, which must have been built.
 */
export function workerFile(url: string, name: string): URL {
  const beside = new URL(`./${name}.js`, url);
  if (!url.endsWith(".ts")) return beside;
  const root = projectRoot();
  const path = fileURLToPath(beside).slice(root.length);
  return new URL(`file://${join(root, "dist", path)}`);
}

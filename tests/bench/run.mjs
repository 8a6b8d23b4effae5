// Runs one benchmark: node tests/bench/run.mjs NAME [--json]. Node 20 runs no TypeScript, so the benchmark and the
// sources that it measures are bundled first, into dist/bench, not minified.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

const root = path.resolve(import.meta.dirname, "../..");
const [name = "", ...rest] = process.argv.slice(2);
const entry = path.join(root, "tests/bench", `${name}.ts`);
const helpers = ["report.ts", "editor_page.ts", "editor_server.ts"];

if (!/^[a-z_]+$/.test(name) || !existsSync(entry)) {
  const known = readdirSync(path.dirname(entry)).filter((file) => file.endsWith(".ts") && !helpers.includes(file));
  console.error(`There is no benchmark "${name}". Known: ${known.map((file) => file.slice(0, -3)).join(", ")}`);
  process.exit(2);
}

/** Files keep their own address, so that they find the project and their workers as they do unbundled. */
const ownAddress = {
  name: "own-address",
  transform(code, id) {
    if (!id.startsWith(root) || id.includes("node_modules")) return null;
    return code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href));
  },
};

await build({
  root,
  configFile: false,
  logLevel: "error",
  plugins: [ownAddress],
  build: {
    ssr: entry,
    outDir: path.join(root, "dist/bench"),
    emptyOutDir: false,
    minify: false,
    target: "node20",
    rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
  },
});

const bundle = path.join(root, "dist/bench", `${name}.mjs`);
const child = spawn(process.execPath, ["--expose-gc", "--enable-source-maps", bundle, ...rest], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, BENCH_FILE: bundle },
});
child.on("exit", (code) => process.exit(code ?? 1));

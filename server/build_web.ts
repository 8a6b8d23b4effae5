import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

/**
 * Builds the web pages when what they are made of has changed since the last build: `npm start` must not spend
 * ten seconds on Vite each time, and must never show yesterday's page. Run after tsc, from dist/server.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const output = path.join(root, "dist/web");
const stampFile = path.join(output, ".stamp");

const stamp = hashOf(["web", "data", "package-lock.json"]);
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) process.exit(0);

console.error("正在构建网页 / building the web pages …");
const vite = path.join(root, "node_modules/vite/bin/vite.js");
const built = spawnSync(process.execPath, [vite, "build", "--config", "web/vite.config.ts", "--logLevel", "warn"], {
  cwd: root,
  stdio: ["ignore", 2, 2],
});
if (built.status !== 0) {
  console.error("网页构建失败，原因见上 / the web pages could not be built, see above");
  process.exit(1);
}
compressAssets(path.join(output, "assets"));
writeFileSync(stampFile, stamp);

/** Once, at the best quality: what is sent thousands of times need not be compressed thousands of times. */
function compressAssets(folder: string): void {
  for (const file of filesBelow(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
    const plain = readFileSync(file);
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
    );
  }
}

/** Content hash of files and folders, by name: independent of times, so a fresh clone and a copy agree. */
function hashOf(places: string[]): string {
  const hash = createHash("sha256");
  for (const place of places) {
    for (const file of filesBelow(path.join(root, place))) {
      hash.update(path.relative(root, file)).update("\0").update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

function filesBelow(place: string): string[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

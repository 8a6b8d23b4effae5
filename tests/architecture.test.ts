import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const rooms = ["data", "tiles", "server", "web"] as const;

/** What each room may import of ours (design §1). */
const allowed: Record<string, string[]> = {
  data: ["data"],
  tiles: ["tiles", "data"],
  server: ["server", "tiles", "data"],
  web: ["web", "data"],
};

interface Import {
  from: string;
  to: string;
}

const files = rooms.flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
);

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\(\s*)["']([^"']+)["']/g;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

const inside: Import[] = files.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith("."))
    .map((target) => ({
      from: file,
      to: path.relative(root, path.resolve(root, path.dirname(file), target.replace(/\?.*$/, ""))),
    })),
);

const roomOf = (file: string) => file.split(path.sep)[0];

test("imports run one way: server → tiles → data, web → data", () => {
  const wrong = inside.filter(({ from, to }) => !allowed[roomOf(from)].includes(roomOf(to)));
  expect(wrong).toEqual([]);
});

test("imports of ours name a file that exists, with its extension", () => {
  const known = new Set(files);
  const code = inside.filter(({ to }) => !/\.(css|json|svg|html|woff2)$/.test(to));
  const wrong = code.filter(({ to }) => !known.has(to) && !known.has(to.replace(/\.js$/, ".ts")));
  expect(wrong).toEqual([]);
});

test("no file imports itself in a circle", () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of inside) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, trail: string[]) => {
    if (trail.includes(file)) {
      circles.push([...trail.slice(trail.indexOf(file)), file]);
      return;
    }
    if (done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test("data does no input or output and knows no clock", () => {
  const wrong = files
    .filter((file) => roomOf(file) === "data")
    .filter((file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      return (
        importsOf(file).some((target) => target.startsWith("node:")) ||
        /\b(?:process\.|Date\.now\(|new Date\(\)|Math\.random\(|fetch\(|localStorage)/.test(text)
      );
    });
  expect(wrong).toEqual([]);
});

test("only server/http, routes and main know Express; only web/map knows MapLibre", () => {
  const express = files.filter((file) => importsOf(file).includes("express"));
  const strangers = express.filter((file) => !/^server\/(http\/|main\.ts$|[a-z_]+\/routes\.ts$)/.test(file));
  const maplibre = files.filter((file) => importsOf(file).some((target) => target.startsWith("maplibre-gl")));
  expect(strangers).toEqual([]);
  expect(maplibre.filter((file) => !file.startsWith("web/map/"))).toEqual([]);
});

test("a workspace never imports another workspace", () => {
  const shared = new Set(["map", "api", "ui"]);
  const workspaceOf = (file: string) => {
    const [room, folder, ...rest] = file.split(path.sep);
    return room === "web" && rest.length > 0 && !shared.has(folder) ? folder : undefined;
  };
  const wrong = inside.filter(({ from, to }) => {
    const [a, b] = [workspaceOf(from), workspaceOf(to)];
    return b !== undefined && a !== b && !/^web\/[a-z_]+\.tsx?$/.test(from);
  });
  expect(wrong).toEqual([]);
});

test("nothing imports main, and no folder hides behind an index file", () => {
  expect(inside.filter(({ to }) => to === "server/main.ts")).toEqual([]);
  expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
});

test("file names are snake_case", () => {
  expect(
    files.filter((file) => !/^[a-z0-9_/]+(\.d)?\.(config\.)?tsx?$/.test(file.replace("vite.config", "vite_config"))),
  ).toEqual([]);
});

test("the root holds the known rooms and nothing else", () => {
  const known = new Set([
    ...rooms,
    "migrations",
    "tests",
    "docs",
    ".ci",
    ".git",
    ".gitignore",
    "node_modules",
    "dist",
    ".grid-atlas",
    ".e2e",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ]);
  expect(readdirSync(root).filter((entry) => !known.has(entry))).toEqual([]);
});

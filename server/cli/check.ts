import { readdir } from "node:fs/promises";
import path from "node:path";
import { TangledCoverage } from "../../data/coverage/tangled.ts";
import { findInvalidity } from "../../data/coverage/validity.ts";
import { type BadInput, readCoverage } from "../../data/exchange/read_coverage.ts";
import type { MultiPolygon } from "../../data/schema/geometry.ts";
import { type CheckReport, inWords, reportCoverage } from "./check_report.ts";
import { type Command, type ExitCode, readArguments, tell, UsageError } from "./command.ts";
import { readJsonFile } from "./read_json_file.ts";

export const checkCommand: Command = {
  usage:
    "check FILE.geojson [--container FILE] [--json] · check --batch DIR --json" +
    " — 检查一套区域有无空白、重叠、越界与无效几何 / proves a coverage: no gap, no overlap, nothing outside",
  async run(args) {
    const options = { container: { type: "string" }, batch: { type: "string" }, json: { type: "boolean" } } as const;
    const isBatch = args.some((arg) => arg === "--batch" || arg.startsWith("--batch="));
    const { values, positionals } = readArguments(args, options, isBatch ? 0 : 1);
    const container = values.container === undefined ? undefined : await readContainer(values.container);
    if (values.batch !== undefined) return checkBatch(values.batch, container, values.json ?? false);
    const outcome = await checkFile(positionals[0]!, container);
    if (Array.isArray(outcome)) {
      tellBadInput(positionals[0]!, outcome);
      return 2;
    }
    process.stdout.write(values.json ? `${JSON.stringify(outcome)}\n` : inWords(outcome));
    return outcome.valid ? 0 : 1;
  },
};

/** One line a file; the worst of all exits. A file that cannot be read does not keep the others from being checked. */
async function checkBatch(folder: string, container: MultiPolygon | undefined, isJson: boolean): Promise<ExitCode> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => /\.(geo)?json(\.gz)?$/i.test(name)).sort();
  } catch (error) {
    throw new UsageError(`无法读取目录 ${folder} / cannot be read: ${(error as Error).message}`);
  }
  if (names.length === 0) throw new UsageError(`${folder} 里没有 GeoJSON 文件 / holds no GeoJSON file`);
  let worst: ExitCode = 0;
  for (const file of names) {
    const line = await checkOne(path.join(folder, file), container);
    if ("problems" in line) worst = 2;
    else if (!line.valid && worst === 0) worst = 1;
    if (isJson) process.stdout.write(`${JSON.stringify({ file, ...line })}\n`);
    else if ("problems" in line) tellBadInput(file, line.problems);
    else process.stdout.write(`${file}: ${inWords(line)}`);
  }
  return worst;
}

async function checkOne(file: string, container?: MultiPolygon): Promise<CheckReport | { problems: BadInput[] }> {
  try {
    const outcome = await checkFile(file, container);
    return Array.isArray(outcome) ? { problems: outcome } : outcome;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { problems: [{ row: null, pointer: "", reason: error.message }] };
  }
}

/** @returns the report, or why the file cannot be judged */
async function checkFile(file: string, container?: MultiPolygon): Promise<CheckReport | BadInput[]> {
  const { areas, problems } = readCoverage(await readJsonFile(file));
  if (problems.length > 0) return problems;
  try {
    return reportCoverage(areas, container);
  } catch (error) {
    if (!(error instanceof TangledCoverage)) throw error;
    return [{ row: null, pointer: "", reason: error.message }];
  }
}

async function readContainer(file: string): Promise<MultiPolygon> {
  const { areas, problems } = readCoverage(await readJsonFile(file), { needsIds: false });
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${file}: ${sentence(problem)}`).join("\n"));
  for (const { id, polygons } of areas) {
    const invalidity = findInvalidity(polygons);
    if (!invalidity) continue;
    const at = invalidity.at ? ` @ ${invalidity.at.join(", ")}` : "";
    throw new UsageError(`${file}: 第 ${id} 个边界几何无效 / the boundary is invalid: ${invalidity.reason}${at}`);
  }
  return areas.flatMap(({ polygons }) => polygons);
}

function tellBadInput(file: string, problems: BadInput[]): void {
  for (const problem of problems) tell(`${file}: ${sentence(problem)}`);
}

/** Characters: of a deep nest the head says enough. */
const longestPointer = 100;

function sentence({ row, pointer, reason }: BadInput): string {
  const place = row === null ? "" : `第 ${row} 行 row ${row}`;
  const where = pointer.length > longestPointer ? `${pointer.slice(0, longestPointer)}…` : pointer;
  return [place, where, reason].filter((part) => part !== "").join(": ");
}

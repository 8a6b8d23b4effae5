import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { UsageError } from "./command.ts";
import { locateJsonError } from "./locate_json_error.ts";

/** Bytes, unpacked. What is parsed takes up to ten times as much memory, and V8 ends the process that has none left. */
const largestFile = 192 * 1024 * 1024;
/** Brackets in brackets: GeoJSON needs a dozen. */
const deepestNest = 1000;

/**
 * Reads a JSON file in UTF-8 (a byte order mark may lead it), packed with gzip or not. What memory cannot hold is
 * refused before it is read or unpacked.
 * @throws UsageError naming the file
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > largestFile) throw tooLarge(path);
    bytes = await readBounded(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`无法读取 ${path} / cannot be read: ${(error as Error).message}`);
  }
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const unpacked = isPacked ? gunzipSync(bytes, { maxOutputLength: largestFile }) : bytes;
    if (isTooDeep(unpacked)) throw new UsageError(`${path} 嵌套超过 ${deepestNest} 层 / is nested too deep`);
    return parseText(decode(unpacked, path), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(path);
    throw new UsageError(`${path} 无法解压 / cannot be unpacked: ${(error as Error).message}`);
  }
}

/** A pipe or device has no size before it was read. */
async function readBounded(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > largestFile) throw tooLarge(path);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

function tooLarge(path: string): UsageError {
  const most = largestFile / 1024 / 1024;
  return new UsageError(`${path} 超过 ${most} MB，请分开处理 / is larger than ${most} MB: split it`);
}

/** Whether brackets outside strings nest too deep: each level costs the parser more than a hundred bytes. */
function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (isText) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) isText = false;
    } else if (byte === 0x22) isText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepestNest) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

/** Names in GBK read as UTF-8 would become nonsense in the database without anybody noticing. */
function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(
      `${path} 不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 / is not in UTF-8 (perhaps GBK): save it as UTF-8`,
    );
  }
}

function parseText(text: string, path: string): unknown {
  const json = parseOrPoint(text, path);
  // Rare, so that the text is looked at and not each value.
  if (!/\\u0000/.test(text)) return json;
  throw new UsageError(`${path} 含有空字符 \\u0000,数据库无法保存 / holds the character NUL, which no database keeps`);
}

function parseOrPoint(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { line, column } = locateJsonError(text);
    const place = `第 ${line} 行第 ${column} 列 / line ${line}, column ${column}`;
    throw new UsageError(`${path} 不是 JSON / is no JSON: ${place}: ${error.message}`);
  }
}

/** What a file says must be said about it (`attribution`, of the collection or of its first feature), or null. */
export function attributionOf(json: unknown): string | null {
  const holder = json as { attribution?: unknown; properties?: { attribution?: unknown } } | null;
  const attribution = holder?.attribution ?? holder?.properties?.attribution;
  return typeof attribution === "string" && attribution.trim() !== "" ? attribution.trim() : null;
}

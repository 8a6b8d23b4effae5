import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { UsageError } from "./command.ts";

/** Reads a JSON file in UTF-8 (a byte order mark may lead it), packed with gzip or not. @throws UsageError naming the file */
export async function readJsonFile(path: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new UsageError(`无法读取 ${path} / cannot be read: ${(error as Error).message}`);
  }
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return parseText(decode(isPacked ? gunzipSync(bytes) : bytes, path), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} 不是 JSON / is no JSON: ${(error as Error).message}`);
  }
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
  const json: unknown = JSON.parse(text);
  // Rare, so that the text is looked at and not each value.
  if (!/\\u0000/.test(text)) return json;
  throw new UsageError(`${path} 含有空字符 \\u0000,数据库无法保存 / holds the character NUL, which no database keeps`);
}

/** What a file says must be said about it (`attribution`, of the collection or of its first feature), or null. */
export function attributionOf(json: unknown): string | null {
  const holder = json as { attribution?: unknown; properties?: { attribution?: unknown } } | null;
  const attribution = holder?.attribution ?? holder?.properties?.attribution;
  return typeof attribution === "string" && attribution.trim() !== "" ? attribution.trim() : null;
}

import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { UsageError } from "./command.ts";

/** Reads a JSON file, packed with gzip or not. @throws UsageError naming the file */
export async function readJsonFile(path: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new UsageError(`无法读取 ${path} / cannot be read: ${(error as Error).message}`);
  }
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return JSON.parse((isPacked ? gunzipSync(bytes) : bytes).toString("utf8"));
  } catch (error) {
    throw new UsageError(`${path} 不是 JSON / is no JSON: ${(error as Error).message}`);
  }
}

/** What a file says must be said about it (`attribution`, of the collection or of its first feature), or null. */
export function attributionOf(json: unknown): string | null {
  const holder = json as { attribution?: unknown; properties?: { attribution?: unknown } } | null;
  const attribution = holder?.attribution ?? holder?.properties?.attribution;
  return typeof attribution === "string" && attribution.trim() !== "" ? attribution.trim() : null;
}

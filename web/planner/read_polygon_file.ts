import { readShapefile } from "../../data/exchange/read_shapefile.ts";
import type { NewPlan } from "../../data/schema/plan.ts";

type System = Extract<NewPlan["from"], { kind: "file" }>["crs"];

/** What was found in the files that somebody chose. */
export interface PolygonFile {
  json: unknown;
  features: number;
  fields: string[];
  /** As the `.prj` of a shapefile declares it; null: nobody does. */
  crs: System | null;
}

/** GeoJSON, or the files of a shapefile. @returns null where there are no polygons to be read */
export async function readPolygonFiles(files: readonly File[]): Promise<PolygonFile | null> {
  const named = (end: string) => files.find(({ name }) => name.toLowerCase().endsWith(end));
  const shp = named(".shp");
  if (!shp) {
    const [first] = files;
    const json: unknown = first ? await first.text().then(JSON.parse, () => null) : null;
    return describe(json, null);
  }
  const [dbf, cpg, prj] = [named(".dbf"), named(".cpg"), named(".prj")];
  const bytes = dbf ? await dbf.arrayBuffer() : null;
  const read = readShapefile({
    shp: new DataView(await shp.arrayBuffer()),
    dbf: bytes && new DataView(bytes),
    decode: decoderOf(cpg ? await cpg.text() : null, bytes),
  });
  return describe(read, prj ? systemOf(await prj.text()) : null);
}

/** What the `.cpg` says; without one UTF-8 if all of the table is, else GB 18030, in which Chinese offices write. */
function decoderOf(page: string | null, table: ArrayBuffer | null): (bytes: Uint8Array) => string {
  const utf8 = () => new TextDecoder("utf-8", { fatal: true });
  const make = (label: string) => {
    try {
      return new TextDecoder(label);
    } catch {
      return null; // a name that nobody knows
    }
  };
  const said = page === null ? null : make(page.trim().replace(/^(\d+)$/, "cp$1"));
  const decoder = said ?? (isUtf8(table, utf8()) ? new TextDecoder() : new TextDecoder("gb18030"));
  return (bytes) => decoder.decode(bytes);
}

function isUtf8(table: ArrayBuffer | null, decoder: TextDecoder): boolean {
  try {
    // the head of a table holds numbers, which need not be text
    const first = table && table.byteLength > 10 ? new DataView(table).getUint16(8, true) : 0;
    decoder.decode(table?.slice(first) ?? new ArrayBuffer(0));
    return true;
  } catch {
    return false;
  }
}

/** The well-known text of a `.prj`. */
function systemOf(text: string): System | null {
  if (/^PROJCS/.test(text))
    return /120E?\b|CM_120/.test(text) && /CGCS2000|China_2000/i.test(text) ? "EPSG:4549" : null;
  if (/CGCS2000|China_Geodetic|China_2000/i.test(text)) return "EPSG:4490";
  return /WGS_?(19)?84/i.test(text) ? "EPSG:4326" : null;
}

function describe(json: unknown, crs: System | null): PolygonFile | null {
  if (typeof json !== "object" || json === null || !("features" in json) || !Array.isArray(json.features)) return null;
  const features = json.features as { properties?: object | null; geometry?: { type?: string } | null }[];
  if (features.length === 0 || !features.some((feature) => /Polygon$/.test(feature?.geometry?.type ?? ""))) return null;
  const fields = new Set(features.slice(0, 100).flatMap((feature) => Object.keys(feature?.properties ?? {})));
  return { json, features: features.length, fields: [...fields], crs };
}

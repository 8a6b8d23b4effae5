import proj4 from "proj4";

/** Coordinate systems that a file may declare. Projected ones are in metres, east before north, as GeoJSON has them. */
export type FileSystem = "EPSG:4490" | "EPSG:4326" | "EPSG:4549";

/** CGCS2000 is WGS 84 to within centimetres: degrees are taken as they are. */
const projected: Partial<Record<FileSystem, string>> = {
  "EPSG:4549": "+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs",
};

/**
 * The parsed file with its coordinates in degrees, CGCS2000. What is no coordinate stays: whoever reads the file says
 * what is wrong with it. An old `crs` member that names the same system is taken away, as it holds no more.
 */
export function toDegrees(json: unknown, crs: FileSystem): unknown {
  const definition = projected[crs];
  if (!definition) return json;
  const { inverse } = proj4(definition);
  const convert = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const [east, north] = value as unknown[];
    if (typeof east !== "number" || typeof north !== "number") return value.map(convert);
    return Number.isFinite(east) && Number.isFinite(north) ? inverse([east, north]) : value;
  };
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
        if (key === "crs" && JSON.stringify(value).includes(crs.replace("EPSG:", ""))) return [];
        if (key === "properties") return [[key, value]];
        return [[key, key === "coordinates" ? convert(value) : walk(value)]];
      }),
    );
  };
  return walk(json);
}

import type { ExportedRecord } from "../registers/service.ts";
import type { FileWriter } from "./file_writer.ts";
import { type Watermark, watermarkText } from "./watermark.ts";

/** GeoJSON (RFC 7946) with the watermark as a member of the collection and in each feature. */
export function geojsonWriter(name: string, watermark: Watermark): FileWriter {
  const mark = watermarkText(watermark);
  const head = JSON.stringify({ type: "FeatureCollection", name, watermark, features: [] });
  return {
    media: "application/geo+json",
    head: `${head.slice(0, -2)}\n`,
    row: ({ id, title, facts, geometry, source, changed_at }: ExportedRecord) =>
      JSON.stringify({
        type: "Feature",
        id: Number(id),
        geometry,
        properties: { title, ...facts, source, changed_at, watermark: mark },
      }),
    between: ",\n",
    tail: "\n]}\n",
  };
}

import type { RoadClass, RoadRow } from "../schema/city_rows.ts";
import { notUsed, tag, type LineFeature, type TownRefusal } from "./town_files.ts";

/** OpenStreetMap's `highway` → our class. Footways that bear a name are lanes, others serve as ways. */
const classes: Record<string, RoadClass> = {
  motorway: "main",
  trunk: "main",
  primary: "main",
  secondary: "secondary",
  tertiary: "secondary",
  unclassified: "side",
  residential: "side",
  living_street: "side",
  road: "side",
  busway: "side",
  pedestrian: "lane",
  service: "estate_way",
  footway: "estate_way",
  path: "estate_way",
  steps: "estate_way",
  cycleway: "estate_way",
  corridor: "estate_way",
  track: "field_way",
  bridleway: "field_way",
};

/** Roads by name: pieces of one name and class are one street. */
export function layRoads(features: readonly LineFeature[]): { roads: RoadRow[]; refused: TownRefusal[] } {
  const streets = new Map<string, RoadRow>();
  const refused: TownRefusal[] = [];
  for (const feature of features) {
    const highway = tag(feature, "highway");
    const name = tag(feature, "name");
    const found = classOf(highway, name, tag(feature, "service"));
    if (!found) {
      refused.push(notUsed("roads", feature, `highway=${highway ?? "(缺)"} 不是已知的道路类别`));
      continue;
    }
    const key = name === null ? `#${feature.row}` : `${found}/${name}`;
    const street = streets.get(key);
    if (street) street.geom.push(...feature.geometry.lines);
    else streets.set(key, { id: streets.size + 1, name, class: found, geom: [...feature.geometry.lines] });
  }
  return { roads: [...streets.values()], refused };
}

function classOf(highway: string | null, name: string | null, service: string | null): RoadClass | null {
  if (highway === null) return null;
  const found = classes[highway.replace(/_link$/, "")] ?? null;
  if (highway === "service" && service === "alley") return "lane";
  // a foot way with a name is a street to those who live there: 背街小巷
  return found === "estate_way" && highway !== "service" && name !== null ? "lane" : found;
}

import { useId } from "react";
import { scaleBar } from "../../../data/cartography/scale_bar.ts";
import type { DraftArea } from "../../../data/division/draft.ts";
import { boxOf } from "../../../data/measure/box.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { Bbox, Line, MultiPolygon } from "../../../data/schema/geometry.ts";
import { useRomanise } from "../../ui/use_romanised.ts";
import type { GroundThing } from "../map/city_ground.ts";

interface Props {
  areas: readonly DraftArea[];
  /** Ids of those drawn bold. */
  changed: ReadonlySet<string>;
  /** Hatched. */
  moved: readonly MultiPolygon[];
  ground: readonly GroundThing[];
  box: Bbox;
  label: string;
}

/** Of the drawing, mm: two stand side by side on A4. */
const [width, height] = [84, 84];
/** More than this would be a grey cloud, and a heavy sheet. */
const mostBuildings = 1500;
/** mm of the sheet that a name needs. */
const roomForName = 7;

/** Part of the division as it is or was: lines and text, so that it prints as sharp as the rest of the sheet. */
export function SheetMap({ areas, changed, moved, ground, box, label }: Props) {
  const id = useId();
  const romanise = useRomanise();
  const paper = project(box);
  const inView = areas.filter(({ polygons }) => meets(boxOf(polygons), box));
  const bold = inView.filter((area) => changed.has(area.id));
  const named = inView.filter(({ polygons }) => paper.size(boxOf(polygons)) > roomForName);
  const bar = scaleBar(1 / (paper.perMetre * 4));
  return (
    <svg className="change-sheet-map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <defs>
        <clipPath id={`${id}-frame`}>
          <rect width={width} height={height} />
        </clipPath>
        <pattern
          id={`${id}-hatch`}
          width={1.4}
          height={1.4}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V1.4" className="change-sheet-hatch" />
        </pattern>
      </defs>
      <g clipPath={`url(#${id}-frame)`}>
        <Ground things={ground} path={paper.path} />
        <path className="change-sheet-border" d={inView.map(({ polygons }) => paper.shape(polygons)).join("")} />
        <path fill={`url(#${id}-hatch)`} d={moved.map((polygons) => paper.shape(polygons)).join("")} />
        <path className="change-sheet-changed" d={bold.map(({ polygons }) => paper.shape(polygons)).join("")} />
        {named.map((area) => {
          const [x, y] = paper.point(...poleOf(area.polygons));
          return (
            <text key={area.id} x={x} y={y + 1} className="change-sheet-name" data-changed={changed.has(area.id)}>
              {romanise(area.short_name)}
            </text>
          );
        })}
        <g className="change-sheet-scale">
          <rect x={2} y={height - 7} width={bar.width / 4 + 4} height={5.6} />
          <path d={`M4 ${height - 3.4}v1h${bar.width / 4}v-1`} />
          <text x={4} y={height - 4.2}>
            {bar.text}
          </text>
        </g>
        <g className="change-sheet-north">
          <path d={`M${width - 5} 3l2 6-2-1.400-2 1.400Z`} />
          <text x={width - 5} y={12.4}>
            N
          </text>
        </g>
      </g>
      <rect className="change-sheet-frame" width={width} height={height} />
    </svg>
  );
}

function Ground({ things, path }: { things: readonly GroundThing[]; path: (line: Line) => string }) {
  const of = (kind: GroundThing["kind"]) => things.filter((thing) => thing.kind === kind);
  const buildings = of("building");
  const draw = (some: readonly GroundThing[]) => some.flatMap(({ lines }) => lines.map(path)).join("");
  return (
    <>
      <path className="change-sheet-water" d={draw(of("water"))} />
      <path className="change-sheet-road" d={draw(of("road"))} />
      {buildings.length <= mostBuildings && <path className="change-sheet-building" d={draw(buildings)} />}
    </>
  );
}

/** Metres are alike in all directions within the frame; the middle of the box is the middle of the paper. */
function project([west, south, east, north]: Bbox) {
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  const [perLon, perLat] = metresPerDegree(lat);
  const perMetre = Math.min(width / ((east - west) * perLon), height / ((north - south) * perLat));
  const point = (x: number, y: number): [number, number] => [
    width / 2 + (x - lon) * perLon * perMetre,
    height / 2 - (y - lat) * perLat * perMetre,
  ];
  const path = (line: Line) => {
    const parts: string[] = [];
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = point(line[i]!, line[i + 1]!);
      parts.push(`${x.toFixed(2)} ${y.toFixed(2)}`);
    }
    return parts.length > 1 ? `M${parts.join("L")}` : "";
  };
  return {
    ...{ perMetre, point, path },
    shape: (polygons: MultiPolygon) => polygons.flatMap((rings) => rings.map(path)).join(""),
    /** The shorter side of a box on the paper, mm. */
    size: ([w, s, e, n]: Bbox) => Math.min((e - w) * perLon, (n - s) * perLat) * perMetre,
  };
}

function meets([west, south, east, north]: Bbox, [w, s, e, n]: Bbox): boolean {
  return west < e && east > w && south < n && north > s;
}

import type { BlockUse } from "../../schema/city_rows.ts";
import type { EdgeClass } from "../ground_plan.ts";
import { drawWhole, type Random, randomFor } from "../random.ts";
import type { DraftBlock, DraftBuilding, DraftFace } from "./draft.ts";
import { findDirection, wallsOfFace } from "./face_walls.ts";
import { type Box, fillRows } from "./fill_rows.ts";
import { drawFootprint } from "./footprints.ts";
import { type Frame, makeFrame, type Wall, wallsInFrame } from "./free_space.ts";
import { type HouseStyle, type RowStyle, rowStyles, type WorkStyle } from "./house_styles.ts";
import type { Subdivision } from "./subdivision.ts";

/** Slabs face south: rows turn by no more than this. */
const mostTurn = (15 * Math.PI) / 180;

/** Rows keep this much free along streets with shops; metres. */
const shopStrip = 16;

/** Share of shops among the houses of the old quarter. */
const oldShops = 0.11;

const years: Record<HouseStyle | WorkStyle, readonly [number, number]> = {
  walk_up: [1979, 2002],
  slab_11: [2001, 2015],
  slab_18: [2006, 2020],
  tower_18: [2008, 2021],
  tower_33: [2011, 2023],
  courtyard: [1928, 1978],
  village: [1980, 2016],
  works: [1992, 2021],
  public: [1984, 2019],
  mall: [2003, 2021],
  office: [1994, 2022],
  school: [1982, 2018],
  hospital: [1986, 2019],
  market: [1990, 2016],
};

const workStyles: Partial<Record<BlockUse, { style: WorkStyle; spread: number }>> = {
  works: { style: "works", spread: 1 },
  public: { style: "public", spread: 1.5 },
  shop: { style: "mall", spread: 1.3 },
  office: { style: "office", spread: 1.6 },
  school: { style: "school", spread: 1.5 },
  hospital: { style: "hospital", spread: 1.4 },
  market: { style: "market", spread: 1 },
  rail: { style: "public", spread: 2 },
};

/** How homes are to be packed where figures are given. */
export interface Packing {
  /** Factor on spacing and gaps. */
  spread: number;
  entrances?: readonly [number, number];
  floors?: readonly [number, number];
}

/** Buildings for one parcel by its use and the style of its block; they keep clear of closed rings of obstacles. */
export function placeBuildings(
  subdivision: Subdivision,
  face: number,
  parcel: DraftFace,
  block: DraftBlock,
  seed: string,
  packing: Packing = { spread: 1 },
  obstacles: readonly Wall[] = [],
): DraftBuilding[] {
  const work = workStyles[parcel.use];
  if (work) {
    const walls = [...wallsOfFace(subdivision, face), ...obstacles];
    return standInRows(walls, work.style, `${seed}/work/${parcel.key}`, { spread: work.spread }, findDirection(walls));
  }
  if (!block.style || (parcel.use !== "housing" && parcel.use !== "village")) return [];
  const isOld = block.style === "courtyard" || block.style === "village";
  const walls = wallsOfFace(subdivision, face, (edgeClass) =>
    !isOld && hasShops(edgeClass, parcel.sideShops) ? shopStrip : 0,
  );
  const angle = findDirection(walls, isOld ? undefined : mostTurn);
  const homes = standInRows(walls, block.style, `${seed}/homes/${parcel.key}`, packing, angle);
  if (block.style === "courtyard") openShops(homes, randomFor(`${seed}/shops/${parcel.key}`));
  return homes;
}

/** Some houses of the old quarter are shops. */
function openShops(houses: readonly DraftBuilding[], random: Random): void {
  for (const house of houses) {
    if (random() >= oldShops) continue;
    house.use = "shop";
    house.capacity = 0;
  }
}

/** Streets along which a parcel with slabs has a strip of shops. */
export function hasShops(edgeClass: EdgeClass, onSideStreets: boolean): boolean {
  return edgeClass === "main" || edgeClass === "secondary" || (edgeClass === "side" && onSideStreets);
}

function standInRows(
  walls: readonly Wall[],
  styleName: HouseStyle | WorkStyle,
  key: string,
  packing: Packing,
  angle: number,
): DraftBuilding[] {
  const random = randomFor(key);
  const base = rowStyles[styleName];
  const style: RowStyle = {
    ...base,
    entrances: packing.entrances ?? base.entrances,
    floors: packing.floors ?? base.floors,
  };
  const frame = makeFrame(angle);
  const boxes = fillRows(wallsInFrame(walls, frame), style, random, packing.spread);
  const floors = drawWhole(random, style.floors[0], style.floors[1]);
  const year = drawWhole(random, years[styleName][0], years[styleName][1]);
  return boxes.map((box) => raiseBuilding(box, frame, style, { floors, year }, random));
}

/** Slabs of one parcel are of one age and mostly of one height; old houses are each their own. */
export function raiseBuilding(
  box: Box,
  frame: Frame,
  style: RowStyle,
  usual: { floors: number; year: number },
  random: Random,
): DraftBuilding {
  const own = style.varied || random() < 0.25;
  const floors = own ? drawWhole(random, style.floors[0], style.floors[1]) : usual.floors;
  const homes = drawWhole(random, style.homes[0], style.homes[1]);
  const perFloor = box.entrances > 0 ? homes * box.entrances * floors : homes;
  return {
    form: style.form,
    use: style.use,
    structure: style.structure,
    floors,
    entrances: box.entrances,
    capacity: perFloor,
    year: usual.year + (own ? drawWhole(random, -3, 3) : 0),
    box,
    frame,
    ring: drawFootprint(style.form, box, frame, random),
  };
}

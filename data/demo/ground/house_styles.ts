import type { BuildingStructure, BuildingUse } from "../../schema/city_rows.ts";
import type { EdgeClass } from "../ground_plan.ts";

type Range = readonly [number, number];

/** How a row of buildings of one form stands; metres. */
export interface RowStyle {
  form: string;
  use: BuildingUse;
  structure: BuildingStructure;
  depth: Range;
  /** Width of one entrance, or of the whole building where it has none. */
  width: Range;
  /** Entrances of one building; [0, 0] where homes have doors of their own. */
  entrances: Range;
  /** Between neighbours in a row. */
  gap: Range;
  /** Between rows. */
  spacing: Range;
  floors: Range;
  /** Homes on a floor of one entrance, or in the whole building where it has none. */
  homes: Range;
  /** Every building of a row has a width of its own (old houses); else all are alike. */
  varied: boolean;
  /** In varied rows: after so many buildings an alley. */
  alley?: { every: Range; width: Range };
}

export type HouseStyle = "walk_up" | "slab_11" | "slab_18" | "tower_18" | "tower_33" | "courtyard" | "village";
export type WorkStyle = "works" | "public" | "mall" | "office" | "school" | "hospital" | "market";

const home = { use: "home", varied: false } as const;

export const rowStyles: Record<HouseStyle | WorkStyle, RowStyle> = {
  walk_up: {
    ...home,
    form: "walk_up",
    structure: "brick_concrete",
    depth: [12.5, 12.5],
    width: [12.5, 14.5],
    entrances: [2, 5],
    gap: [7, 10],
    spacing: [19, 23],
    floors: [5, 7],
    homes: [2, 2],
  },
  slab_11: {
    ...home,
    form: "slab_11",
    structure: "frame",
    depth: [13.5, 13.5],
    width: [15, 17],
    entrances: [2, 4],
    gap: [11, 14],
    spacing: [32, 37],
    floors: [9, 11],
    homes: [2, 2],
  },
  slab_18: {
    ...home,
    form: "slab_18",
    structure: "reinforced_concrete",
    depth: [15, 15],
    width: [19, 22],
    entrances: [1, 3],
    gap: [15, 20],
    spacing: [44, 52],
    floors: [16, 18],
    homes: [3, 3],
  },
  tower_18: {
    ...home,
    form: "tower_18",
    structure: "reinforced_concrete",
    depth: [24, 24],
    width: [24, 24],
    entrances: [1, 1],
    gap: [26, 26],
    spacing: [38, 38],
    floors: [17, 18],
    homes: [5, 5],
  },
  tower_33: {
    ...home,
    form: "tower_33",
    structure: "reinforced_concrete",
    depth: [27, 27],
    width: [27, 27],
    entrances: [1, 1],
    gap: [34, 34],
    spacing: [46, 46],
    floors: [28, 33],
    homes: [6, 6],
  },
  courtyard: {
    form: "courtyard",
    use: "home",
    structure: "brick_wood",
    depth: [7.5, 10.5],
    width: [8, 15],
    entrances: [0, 0],
    gap: [0.3, 0.6],
    spacing: [0.5, 4],
    floors: [1, 3],
    homes: [1, 3],
    varied: true,
    alley: { every: [3, 6], width: [2, 3.6] },
  },
  village: {
    form: "village",
    use: "home",
    structure: "brick_concrete",
    depth: [9, 11],
    width: [9, 13],
    entrances: [0, 0],
    gap: [1.5, 5],
    spacing: [6, 10],
    floors: [1, 3],
    homes: [1, 1],
    varied: true,
    alley: { every: [3, 6], width: [5, 9] },
  },
  works: work("works", "works", "steel", [32, 58], [60, 125], [1, 2]),
  public: work("public", "public", "frame", [13, 26], [36, 95], [3, 8]),
  mall: work("mall", "shop", "frame", [34, 52], [50, 90], [3, 6]),
  office: work("office", "office", "frame", [16, 26], [34, 70], [5, 16]),
  school: work("school", "school", "frame", [13, 18], [40, 80], [3, 5]),
  hospital: work("hospital", "hospital", "frame", [15, 24], [40, 85], [4, 14]),
  market: work("market", "market", "steel", [26, 40], [45, 80], [1, 2]),
};

function work(
  form: string,
  use: BuildingUse,
  structure: BuildingStructure,
  depth: Range,
  width: Range,
  floors: Range,
): RowStyle {
  return {
    form,
    use,
    structure,
    depth,
    width,
    floors,
    entrances: [0, 0],
    gap: [16, 20],
    spacing: [14, 28],
    homes: [0, 0],
    varied: true,
  };
}

/** From the line of an edge to the kerb or wall: half of the street, metres. */
export const halfStreet: Record<EdgeClass, number> = {
  ring: 24,
  main: 19,
  secondary: 12.5,
  side: 7.5,
  lane: 2.6,
  estate_way: 3,
  field_way: 2,
  railway: 16,
  border: 3,
  river: 0,
  bank: 0,
};

/** From there to the first building. */
export const setback: Record<EdgeClass, number> = {
  ring: 14,
  main: 11,
  secondary: 7,
  side: 5,
  lane: 1,
  estate_way: 1.6,
  field_way: 2,
  railway: 18,
  border: 6,
  river: 20,
  bank: 12,
};

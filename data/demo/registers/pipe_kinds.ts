import type { PipeKind, RoadClass } from "../../schema/city_rows.ts";

/** What is laid for one kind in streets of one class. */
interface PipeSize {
  diameter_mm: number | null;
  section: string | null;
  material: string;
  pressure: string | null;
}

/** How a kind of pipe is laid. */
export interface PipeLayout {
  kind: Exclude<PipeKind, "BM">;
  /** Chamber beside the crossing of centre lines, metres east and north. */
  chamber: [number, number];
  /** Place across the street as a share of its half width; positive lies left of west → east. */
  across: number;
  sizes: Partial<Record<RoadClass, PipeSize>>;
  /** Metres below ground, least and most. */
  depth: [number, number];
  /** Flow can be shut off in chambers. */
  valves: boolean;
  /** Flow comes to the source (sewage works) instead of from it. */
  collects: boolean;
  /** Where the source lies, as shares of the district's extent from west and south. */
  source: [number, number];
  source_name: string;
}

const pipe = (diameter_mm: number, material: string, pressure: string | null): PipeSize => ({
  diameter_mm,
  section: null,
  material,
  pressure,
});
const duct = (holes: number, material: string, pressure: string | null): PipeSize => ({
  diameter_mm: null,
  section: `${holes}孔`,
  material,
  pressure,
});

const iron = "球墨铸铁";
const concrete = "钢筋混凝土";
const heat = "预制直埋保温钢管";

/** Networks of a district; kinds and order as in CJJ 61. */
export const pipeLayouts: PipeLayout[] = [
  {
    kind: "JS",
    chamber: [3, 2],
    across: 0.55,
    sizes: {
      ring: pipe(600, iron, "0.40 MPa"),
      main: pipe(400, iron, "0.40 MPa"),
      secondary: pipe(300, iron, "0.35 MPa"),
      side: pipe(200, iron, "0.30 MPa"),
      lane: pipe(100, "PE", "0.28 MPa"),
    },
    depth: [1, 1.6],
    valves: true,
    collects: false,
    source: [0.1, 0.42],
    source_name: "第一水厂",
  },
  {
    kind: "PS",
    chamber: [0, -1],
    across: -0.12,
    sizes: {
      ring: pipe(1200, concrete, null),
      main: pipe(1000, concrete, null),
      secondary: pipe(800, concrete, null),
      side: pipe(500, "HDPE", null),
      lane: pipe(300, "HDPE", null),
    },
    depth: [1.8, 3.4],
    valves: false,
    collects: true,
    source: [0.93, 0.3],
    source_name: "污水处理厂",
  },
  {
    kind: "RQ",
    chamber: [-3, 2],
    across: -0.5,
    sizes: {
      ring: pipe(315, "PE", "中压A 0.4 MPa"),
      main: pipe(250, "PE", "中压A 0.4 MPa"),
      secondary: pipe(200, "PE", "中压B 0.2 MPa"),
      side: pipe(160, "PE", "中压B 0.2 MPa"),
    },
    depth: [0.9, 1.4],
    valves: true,
    collects: false,
    source: [0.2, 0.88],
    source_name: "天然气门站",
  },
  {
    kind: "RL",
    chamber: [1, 4],
    across: 0.25,
    sizes: {
      ring: pipe(600, heat, "1.6 MPa"),
      main: pipe(400, heat, "1.6 MPa"),
    },
    depth: [1.2, 2],
    valves: true,
    collects: false,
    source: [0.68, 0.9],
    source_name: "热源厂",
  },
  {
    kind: "DL",
    chamber: [4, -2],
    across: 0.8,
    sizes: {
      ring: duct(24, "MPP", "110 kV"),
      main: duct(16, "MPP", "10 kV"),
      secondary: duct(12, "MPP", "10 kV"),
      side: duct(8, "CPVC", "10 kV"),
    },
    depth: [0.8, 1.1],
    valves: false,
    collects: false,
    source: [0.86, 0.82],
    source_name: "变电站",
  },
  {
    kind: "TX",
    chamber: [-4, -2],
    across: -0.8,
    sizes: {
      ring: duct(24, "PVC-U", null),
      main: duct(18, "PVC-U", null),
      secondary: duct(12, "PVC-U", null),
      side: duct(6, "PVC-U", null),
    },
    depth: [0.7, 1],
    valves: false,
    collects: false,
    source: [0.52, 0.6],
    source_name: "电信机房",
  },
  {
    kind: "GY",
    chamber: [-1, -4],
    across: -0.3,
    sizes: {
      ring: pipe(300, "20#无缝钢", "1.0 MPa"),
      main: pipe(250, "20#无缝钢", "1.0 MPa"),
      secondary: pipe(200, "20#无缝钢", "1.0 MPa"),
      side: pipe(150, "20#无缝钢", "0.8 MPa"),
    },
    depth: [1, 1.8],
    valves: true,
    collects: false,
    source: [0.9, 0.9],
    source_name: "工业气体站",
  },
];

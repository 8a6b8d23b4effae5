import type { GroundPlan, PlanBlock, PlanEdge, Zone } from "../../data/demo/ground_plan.ts";
import { randomFor } from "../../data/demo/random.ts";

/** How large a plan to build, in blocks; a block is three by three parcels of about 80 m. */
export interface GridPlanSize {
  columns: number;
  rows: number;
  seed: string;
}

const side = 3; // parcels along a block
const parcelSide = 80; // metres

/**
 * A small ground without any art: a shaken raster of parcels with a river through the middle and, where there is room,
 * the places with golden figures. For tests of what is made on the ground, not of the ground.
 */
export function aGridPlan({ columns, rows, seed }: GridPlanSize): GroundPlan {
  const nx = columns * side;
  const ny = rows * side;
  const random = randomFor(seed);
  const plan: GroundPlan = {
    origin: [121.4, 33.6],
    x: [],
    y: [],
    edges: [],
    parcels: [],
    blocks: [],
    streets: [],
    estates: [],
    buildings: [],
    features: [],
  };
  for (let j = 0; j <= ny; j++) {
    for (let i = 0; i <= nx; i++) {
      plan.x.push(Math.round((i * parcelSide + (random() - 0.5) * 24) * 100) / 100);
      plan.y.push(Math.round((j * parcelSide + (random() - 0.5) * 24) * 100) / 100);
    }
  }
  addBlocks(plan, columns, rows);
  const vertex = (i: number, j: number) => j * (nx + 1) + i;
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const ring = [vertex(i, j), vertex(i + 1, j), vertex(i + 1, j + 1), vertex(i, j + 1)];
      addParcel(plan, ring, Math.floor(j / side) * columns + Math.floor(i / side));
    }
  }
  const parcel = (i: number, j: number) => (i < 0 || j < 0 || i >= nx || j >= ny ? -1 : j * nx + i);
  const river = Math.floor(rows / 2) * side;
  for (let j = 0; j <= ny; j++) {
    for (let i = 0; i <= nx; i++) {
      if (i < nx) {
        const sides = { left: parcel(i, j), right: parcel(i, j - 1) };
        plan.edges.push(anEdge({ from: vertex(i, j), to: vertex(i + 1, j), ...sides, river: j === river, at: j }));
      }
      if (j < ny) {
        const sides = { left: parcel(i - 1, j), right: parcel(i, j) };
        plan.edges.push(anEdge({ from: vertex(i, j), to: vertex(i, j + 1), ...sides, river: false, at: i }));
      }
    }
  }
  return plan;
}

function anEdge(made: Omit<PlanEdge, "class" | "street"> & { river: boolean; at: number }): PlanEdge {
  const { river, at, ...edge } = made;
  const inside = at % side !== 0 ? "estate_way" : at % (4 * side) === 0 ? "main" : "side";
  return { ...edge, class: edge.left < 0 || edge.right < 0 ? "border" : river ? "river" : inside, street: -1 };
}

function addBlocks(plan: GroundPlan, columns: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = placeOf(row, column, { columns, rows });
      const zone = zoneOf(row, place, rows);
      plan.blocks.push({ zone, use: zone === "river" ? "water" : "housing", parcels: [], place });
    }
  }
}

function placeOf(row: number, column: number, size: { columns: number; rows: number }): PlanBlock["place"] {
  const north = row - Math.floor(size.rows / 2);
  if (size.columns < 12) return null;
  if (column < 3) return "town";
  if (column >= size.columns - 3 && north >= 4) return "enterprise_zone";
  if (north < 0 || north > 3) return null;
  return column >= 4 && column < 8 ? "huize" : column >= 8 && column < 12 ? "dongjie" : null;
}

function zoneOf(row: number, place: PlanBlock["place"], rows: number): Zone {
  if (row === Math.floor(rows / 2) || row === Math.floor(rows / 2) - 1) return "river";
  if (place === "town") return "rural";
  if (place === "enterprise_zone") return "enterprise";
  return row > rows * 0.7 ? "old" : "older";
}

function addParcel(plan: GroundPlan, ring: number[], block: number): void {
  const { zone, place } = plan.blocks[block]!;
  const [a, b, c, d] = ring.map((vertex) => [plan.x[vertex]!, plan.y[vertex]!] as const);
  const area = ((c![0] - a![0]) * (d![1] - b![1]) - (d![0] - b![0]) * (c![1] - a![1])) / 2;
  const parcel = plan.parcels.length;
  plan.blocks[block]!.parcels.push(parcel);
  const lived = zone !== "river" && place !== "enterprise_zone";
  const centre = [(a![0] + c![0]) / 2, (a![1] + c![1]) / 2] as const;
  const capacities = lived ? housesOf(place, parcel) : [];
  capacities.forEach((capacity, at) => {
    addBuilding(plan, parcel, { x: centre[0] - 20 + 10 * at, y: centre[1], capacity });
  });
  plan.parcels.push({
    ring,
    block,
    use: plan.blocks[block]!.use,
    estate: -1,
    area,
    capacity: capacities.reduce((sum, capacity) => sum + capacity, 0),
  });
}

function housesOf(place: PlanBlock["place"], parcel: number): number[] {
  const random = randomFor(`houses/${parcel}`);
  const count = 1 + Math.floor(random() * 3);
  const each = place === "town" ? 4 : place === "dongjie" ? 30 : place === "huize" ? 18 : 22;
  return Array.from({ length: count }, () => each + Math.floor(random() * 6));
}

function addBuilding(plan: GroundPlan, parcel: number, { x, y, capacity }: { x: number; y: number; capacity: number }) {
  plan.buildings.push({
    parcel,
    estate: -1,
    use: "home",
    form: "walk_up",
    floors: 6,
    structure: "brick_concrete",
    entrances: 2,
    capacity,
    year_built: 1998,
    ring: [x - 4, y - 5, x + 4, y - 5, x + 4, y + 5, x - 4, y + 5],
  });
}

import type { Position } from "../../schema/geometry.ts";
import type { Division } from "../division/division.ts";
import type { GroundPlan } from "../ground_plan.ts";
import { localPlane } from "../local_plane.ts";
import { randomFor, type Random } from "../random.ts";
import { cutStreets, type StreetPiece } from "./street_pieces.ts";

export interface FurnishOptions {
  /** Every random choice hangs on it. */
  seed: string;
  size: "community" | "district" | "city";
  /** Six digits of the county-level division in codes, numbers and phones; one of its own for each district of a city. */
  county: string;
  /** Name of the county-level division: 海州区 without 区 stands before the names of its offices. */
  county_name: string;
  /** How many fire key units; without it, in proportion to the surface (48 in 30 km²). */
  key_units?: number;
}

/** What every register is made from. */
export interface Scene {
  plan: GroundPlan;
  division: Division;
  options: FurnishOptions;
  pieces: StreetPiece[];
  /** Local metres → degrees. */
  place(x: number, y: number): Position;
  /** Numbers for one decision. */
  random(key: string): Random;
  /** Two digits of the district in codes of pipes and components; empty where the city has one district only. */
  district: string;
  /** Buildings of each parcel. */
  buildingsOf: number[][];
  /** Parcels round each vertex of the plan. */
  parcelsAt: number[][];
}

export function setScene(plan: GroundPlan, division: Division, options: FurnishOptions): Scene {
  const plane = localPlane(plan.origin);
  const buildingsOf: number[][] = plan.parcels.map(() => []);
  plan.buildings.forEach((building, index) => {
    buildingsOf[building.parcel]!.push(index);
  });
  const parcelsAt: number[][] = plan.x.map(() => []);
  plan.parcels.forEach(({ ring }, parcel) => {
    for (const vertex of ring) parcelsAt[vertex]!.push(parcel);
  });
  return {
    plan,
    division,
    options,
    pieces: cutStreets(plan),
    place: (x, y) => [plane.lon(x), plane.lat(y)],
    random: (key) => randomFor(`${options.seed}/registers/${key}`),
    district: options.size === "city" ? options.county.slice(4) : "",
    buildingsOf,
    parcelsAt,
  };
}

/** 海源 of 海源区: begins the names of works and companies. */
export function townName(scene: Scene): string {
  return scene.options.county_name.replace(/[区县市]$/, "");
}

import { tierRegions, type Region } from "../../data/access/decide.ts";
import type { Grant } from "../../data/access/roles.ts";
import { tileLayers } from "../../data/schema/tile_layers.ts";
import type { RegionShape } from "../../tiles/scope/region_shape.ts";
import type { ScopeRegion, TileScope } from "../../tiles/scope/shown.ts";
import type { Named, ScopeRepository } from "./scope_repository.ts";

/** What readers with some grants see in tiles, with the shapes of their areas as they are in force. */
export interface TileScopes {
  /** Rises when what was handed out before is out of date. */
  generation: () => number;
  of: (grants: readonly Grant[]) => Promise<TileScope>;
  /** Takes over committed changes: areas that were redrawn, organisations that moved. */
  follow: (changes: readonly { layer: string }[]) => void;
  /** To be called when the day may have changed: another edition may be in force. */
  renew: () => void;
}

/** Tables and layers of which shapes and holders are made. */
const sources = new Set(["areas", "organisation", "organisations"]);
const mostScopes = 2000;
const mostShapes = 5000;

interface Found {
  shapes: ReadonlyMap<string, Named<RegionShape> | undefined>;
  holders: ReadonlyMap<string, Named<ReadonlySet<number>> | undefined>;
}

interface Known {
  scopes: Map<string, Promise<TileScope>>;
  shapes: Map<string, Promise<Named<RegionShape> | undefined>>;
  holders: Map<string, Promise<Named<ReadonlySet<number>> | undefined>>;
}

export function tileScopes(regions: ScopeRepository, today: () => string): TileScopes {
  let generation = 0;
  let day = today();
  let known = nothingKnown();

  function forget(): void {
    generation++;
    known = nothingKnown();
  }

  async function read(grants: readonly Grant[], from: Known): Promise<TileScope> {
    const tiers = tileLayers.map((layer) => [layer, tierRegions(layer, grants)] as const);
    const wanted = tiers.flatMap(([, of]) => of.flat());
    const found: Found = {
      shapes: await lookUp(
        from.shapes,
        wanted.map(({ area_id }) => area_id),
        (ids) => regions.shapes(ids, day),
      ),
      holders: await lookUp(
        from.holders,
        wanted.map(({ organisation_id }) => organisation_id),
        regions.holders,
      ),
    };
    const scope = new Map<(typeof tileLayers)[number], ScopeRegion[][]>();
    for (const [layer, of] of tiers) {
      scope.set(
        layer,
        of.map((some) => some.map((region) => regionOf(region, found)).filter((region) => region !== undefined)),
      );
    }
    return scope;
  }

  return {
    generation: () => generation,
    of(grants) {
      const key = JSON.stringify(grants.map(({ role, area_id, organisation_id }) => [role, area_id, organisation_id]));
      const before = known.scopes.get(key);
      if (before) return before;
      const from = known;
      const reading = read(grants, from);
      keep(from.scopes, key, reading, mostScopes);
      return reading;
    },
    follow(changes) {
      if (changes.some(({ layer }) => sources.has(layer))) forget();
    },
    renew() {
      if (today() === day) return;
      day = today();
      forget();
    },
  };
}

function nothingKnown(): Known {
  return { scopes: new Map(), shapes: new Map(), holders: new Map() };
}

/** A region of an area that is not in force covers nothing. */
function regionOf({ area_id, organisation_id }: Region, found: Found): ScopeRegion | undefined {
  const shape = area_id === null ? null : found.shapes.get(area_id);
  const holders = organisation_id === null ? null : found.holders.get(organisation_id);
  if (shape === undefined || holders === undefined) return undefined;
  const name = `${area_id ?? "all"}${shape?.name ?? ""}${holders ? `o${organisation_id}${holders.name}` : ""}`;
  return { name, shape: shape?.value ?? null, holders: holders?.value ?? null };
}

/** Takes what is known and asks at once for all that is not. */
async function lookUp<T>(
  known: Map<string, Promise<T | undefined>>,
  ids: readonly (string | null)[],
  read: (ids: string[]) => Promise<Map<string, T>>,
): Promise<Map<string, T | undefined>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const missing = wanted.filter((id) => !known.has(id));
  const reading = missing.length > 0 ? read(missing) : Promise.resolve(new Map<string, T>());
  const coming = wanted.map((id) => [id, known.get(id) ?? reading.then((found) => found.get(id))] as const);
  for (const [id, value] of coming) if (!known.has(id)) keep(known, id, value, mostShapes);
  return new Map(await Promise.all(coming.map(async ([id, value]) => [id, await value] as const)));
}

/** What fails is asked again by the next one. The longest kept goes first when there are too many. */
function keep<T>(known: Map<string, Promise<T>>, key: string, value: Promise<T>, most: number): void {
  known.set(key, value);
  value.catch(() => known.delete(key));
  if (known.size > most) known.delete(known.keys().next().value!);
}

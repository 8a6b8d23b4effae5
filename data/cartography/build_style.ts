import type { LayerSpecification, StyleSpecification } from "@maplibre/maplibre-gl-style-spec";
import { communityNames, gridNames, subNames, upperNames, zoneNames } from "./layers/area_names.ts";
import { draftFills, draftLines, draftNames, draftPeople, withoutDraft } from "./layers/draft.ts";
import { areaBands, areaEdges, areaFills, areaTargets } from "./layers/areas.ts";
import { buildingNumbers, buildings, estateNames, estates } from "./layers/buildings.ts";
import { changedFills, changedLabels, formerBorders, newBorders } from "./layers/changes.ts";
import { type AtlasLayer, createContext, type LayerContext, unlisted } from "./layers/context.ts";
import { buildingsOutOfReach, findingFaces, findingLabels, hydrantReach, nestingFills } from "./layers/findings.ts";
import { areaFocus, focusName, otherFocus, pointFocus } from "./layers/focus.ts";
import { highGround, lowGround, railway, walls, waterNames } from "./layers/ground.ts";
import { overlayEdges, overlayNames } from "./layers/overlay.ts";
import { pipeLabels, pipes } from "./layers/pipes.ts";
import {
  facilities,
  hydrants,
  keyUnits,
  plainKeyUnits,
  legalEntities,
  otherComponents,
  pipeNodes,
  smallPlaces,
} from "./layers/points.ts";
import { laneNames, roads, streetNames } from "./layers/roads.ts";
import { buildSources, sourceIds } from "./sources.ts";
import { layerGroups, type StyleOptions } from "./style_options.ts";

/**
 * The whole map as a style: what MapLibre draws, and what prints and legends are made from.
 * It names no glyphs and no sprite: labels come from local fonts, symbols from symbols.ts by name.
 */
export function buildStyle(options: StyleOptions): StyleSpecification {
  const context = createContext(options);
  return {
    version: 8,
    name: `grid-atlas-${options.theme}`,
    sources: buildSources(options),
    layers: switchLayers(withoutDraft(listLayers(context), context), options),
  };
}

/** Bottom to top. Up to the symbols that is the order of painting; symbols are placed from the top down, by rank. */
function listLayers(context: LayerContext): AtlasLayer[] {
  return [
    ...lowGround(context),
    ...backdrop(context),
    ...areaTargets(context),
    ...areaFills(context),
    ...areaBands(context),
    ...draftFills(context),
    ...nestingFills(context),
    ...changedFills(context),
    ...highGround(context),
    // Below the streets, so that a way that enters an estate opens its wall.
    ...estates(context),
    ...walls(context),
    ...roads(context),
    ...railway(context),
    ...buildings(context),
    ...buildingsOutOfReach(context),
    ...hydrantReach(context),
    ...pipes(context),
    ...formerBorders(context),
    ...areaEdges(context),
    ...newBorders(context),
    ...overlayEdges(context),
    ...draftLines(context),
    ...otherFocus(context),
    ...areaFocus(context),
    ...findingFaces(context),
    ...symbolsByRank(context),
    ...pointFocus(context),
  ];
}

function symbolsByRank(context: LayerContext): AtlasLayer[] {
  return [
    ...legalEntities(context), // P18
    ...pipeLabels(context), // P17
    ...waterNames(context), // P16
    ...laneNames(context), // P15
    ...otherComponents(context), // P14
    ...pipeNodes(context),
    ...smallPlaces(context),
    ...buildingNumbers(context), // P13
    ...estateNames(context),
    ...facilities(context), // P12
    ...overlayNames(context),
    ...streetNames(context), // P11, P10
    ...hydrants(context), // P9
    ...plainKeyUnits(context),
    ...keyUnits(context, [3, 2]),
    ...zoneNames(context), // P8
    ...subNames(context), // P7
    ...communityNames(context, "following"), // P6
    ...gridNames(context), // P5
    ...draftNames(context), // P5
    ...communityNames(context, "leading"), // P4.5
    ...upperNames(context), // P4.4
    ...keyUnits(context, [1]), // P4
    ...changedLabels(context), // P3
    ...focusName(context), // P2
    ...draftPeople(context),
    ...findingLabels(context),
  ];
}

function backdrop({ options, overBasemap }: LayerContext): AtlasLayer[] {
  if (!overBasemap) return [];
  const light = options.theme === "light";
  return [
    {
      id: "basemap",
      type: "raster",
      source: sourceIds.basemap,
      paint: {
        "raster-saturation": -0.6,
        "raster-opacity": light ? 0.7 : 1,
        ...(light ? {} : { "raster-brightness-max": 0.55 }),
      },
      metadata: unlisted(),
    },
  ];
}

/** Groups that are off stay in the style, hidden: switching them is one change, and their tiles are not asked for. */
function switchLayers(layers: AtlasLayer[], options: StyleOptions): LayerSpecification[] {
  // What hydrants reach says nothing without them.
  const reach = options.marks?.reach ? { hydrants: true } : {};
  // Washes tell what changed: hues that only tell neighbours apart would be taken for them.
  const changes = options.changes ? { fills: false } : {};
  const shown = { ...options.layers, ...reach, ...changes };
  return layers.map((layer) => {
    const { group } = layer.metadata;
    if (group === undefined || (shown?.[group] ?? layerGroups[group])) return layer;
    return { ...layer, layout: { ...layer.layout, visibility: "none" } } as LayerSpecification;
  });
}

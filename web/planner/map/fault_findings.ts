import type { CheckFault } from "../../../data/schema/check.ts";
import { findingWords } from "../../../data/vocabulary/finding_words.ts";
import { formatCount } from "../../../data/vocabulary/format.ts";
import type { MapFinding } from "../../map/map_types.ts";
import type { Speak } from "../../ui/use_words.ts";

const nothing = { mark: "face", look: "", text: "", size: 0, chosen: 0 } as const;

/** Faults of the draft with hatch and chip: 「空隙 1,240 m²」. Chips are shown however small the place is: it blocks publishing. */
export function findingsOfFaults(faults: readonly CheckFault[], speak: Speak): MapFinding[] {
  return faults.flatMap((fault): MapFinding[] => {
    const look = fault.kind === "duplicate_code" ? "invalid_geometry" : fault.kind;
    const { geometry, at } = fault;
    const found: MapFinding[] = [];
    if (geometry && geometry.type !== "Point") found.push({ geometry, properties: { ...nothing, look } });
    if (at)
      found.push({
        geometry: { type: "Point", coordinates: [...at] },
        properties: { ...nothing, mark: "fault", look, size: 1e12, text: chipOf(fault, look, speak) },
      });
    return found;
  });
}

function chipOf(fault: CheckFault, look: Exclude<CheckFault["kind"], "duplicate_code">, speak: Speak): string {
  const word = speak(findingWords[look]);
  if (fault.kind === "overlap") {
    const pair = fault.areas.map(({ short_name }) => /\d+$/.exec(short_name)?.[0] ?? short_name).join("∩");
    return `${pair} ${word} ${formatCount(Math.round(fault.area_m2))} m²`;
  }
  if (fault.kind === "uncovered") return `${word} ${fault.thing?.name ?? ""}`.trim();
  return fault.area_m2 >= 1 ? `${word} ${formatCount(Math.round(fault.area_m2))} m²` : word;
}

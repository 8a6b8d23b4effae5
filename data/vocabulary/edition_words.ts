import type { Words } from "./language.ts";

/** What the map and its legend say of two editions, and the way to their comparison: known before that is loaded. */
export const editionWords = {
  compare: ["版次对比", "Compare editions"],
  tab: ["版次", "Editions"],
  compare_with_present: ["与现行对比", "Compare"],
  ground_moved: ["易手地块", "Ground that changed hands"],
  ground_gained: ["新纳入地块", "Ground taken in"],
  ground_lost: ["不再划入的地块", "Ground given up"],
  ground_small: ["变动地块，放大可见", "Changed ground, zoom in to see"],
  former_border: ["原网格界", "Former border"],
  new_border: ["变动网格的现界", "Present border of changed areas"],
  was: ["原 {name}", "was {name}"],
  was_nobody: ["原未划入", "was in no area"],
  is: ["现 {name}", "now {name}"],
  is_nobody: ["现未划入", "now in no area"],
} as const satisfies Words;

import { parentPort } from "node:worker_threads";
import { compareEditions, drawEdition, type EditionArea } from "../../data/division/draw_edition.ts";
import { chainEditions } from "./chain_editions.ts";
import type { EditionTask, PackedAreas } from "./edition_protocol.ts";
import { readPolygons } from "./read_polygons.ts";

/** Works out new editions, and what two editions differ by, in a thread of its own; one answer for each task. */
const port = parentPort!;

port.on("message", (task: EditionTask) => {
  if (task.kind === "draw") port.postMessage(drawEdition(task.input));
  else if (task.kind === "chain") port.postMessage(chainEditions(task));
  else {
    const [before, after] = [unpack(task.before), unpack(task.after)];
    port.postMessage(compareEditions({ before, after, special_over: task.special_over }));
  }
});

function unpack({ facts, wkb, ends }: PackedAreas): EditionArea[] {
  return facts.map((fact, i) => ({
    ...fact,
    polygons: readPolygons(wkb.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)),
  }));
}

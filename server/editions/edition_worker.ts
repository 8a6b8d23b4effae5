import { parentPort } from "node:worker_threads";
import { compareEditions, drawEdition, type EditionArea } from "../../data/division/draw_edition.ts";
import type { EditionTask, PackedAreas } from "./edition_protocol.ts";
import { readPolygons } from "./read_polygons.ts";

/** One task, in a thread of its own: works out a new edition, or what two editions differ by. */
const port = parentPort!;

port.once("message", (task: EditionTask) => {
  if (task.kind === "draw") port.postMessage(drawEdition(task.input));
  else {
    const [before, after] = [unpack(task.before), unpack(task.after)];
    port.postMessage(compareEditions({ before, after, special_over: task.special_over }));
  }
  port.close();
});

function unpack({ facts, wkb, ends }: PackedAreas): EditionArea[] {
  return facts.map((fact, i) => ({
    ...fact,
    polygons: readPolygons(wkb.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)),
  }));
}

import type { FontFacesSpecification } from "maplibre-gl";

/** Labels are drawn by fonts of the system; where none has Han characters, by the bundled one, which costs a download. */
export async function findMissingFaces(): Promise<FontFacesSpecification | null> {
  if (hasHanFont()) return null;
  const { bundledFaces } = await import("./bundled_faces.ts");
  return bundledFaces;
}

/** Without a Han font every Han character is the same box, the one of a code point that no font has. */
function hasHanFont(): boolean {
  const nothing = draw("\u{FFFFE}");
  return draw("网") !== nothing && draw("网") !== draw("格");
}

function draw(character: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = 24;
  canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return "";
  // Not "Noto Sans SC": that name may be the bundled font, of which a page has only some cuts.
  pen.font = '16px "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  pen.fillText(character, 2, 18);
  return pen.getImageData(0, 0, 24, 24).data.join();
}

import { drawItem, type Random } from "../random.ts";
import { drawClothes, type Dress } from "./portrait_clothes.ts";
import { drawHair } from "./portrait_hair.ts";
import type { Generation, Sex } from "./person_names.ts";

const grounds = ["#cfe0f4", "#d8ecdf", "#f6e3cf", "#e6def2", "#d5e9ee", "#f3dfe2"];
const skins = ["#f6d0ae", "#f0c39c", "#e8b68c", "#f3c8a4"];
const hairs: Record<Generation, string[]> = {
  elder: ["#5d5f66", "#8a8d94", "#3c3c42"],
  middle: ["#23222a", "#2f2823", "#1d1f29"],
  young: ["#1f1d25", "#33261f", "#27222b"],
};

/**
 * A drawn portrait, head and shoulders, as SVG text (viewBox 0 0 96 96, below 2 kB): parts only, nobody's face.
 * All that matters lies inside the circle of radius 48, so it may be shown square or round.
 */
export function drawPortrait(random: Random, person: { sex: Sex; generation: Generation; dress: Dress }): string {
  const skin = drawItem(random, skins);
  const hair = drawHair(random, person, drawItem(random, hairs[person.generation]));
  const glasses = random() < (person.generation === "elder" ? 0.4 : 0.25);
  const face = drawFace(random, skin, person.sex);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path fill="${drawItem(random, grounds)}" d="M0 0h96v96H0z"/>` +
    hair.behind +
    drawNeck(skin) +
    drawClothes(random, person.dress) +
    face +
    hair.front +
    (glasses ? drawGlasses(random) : "") +
    "</svg>"
  );
}

function drawNeck(skin: string): string {
  return (
    `<path fill="${skin}" d="M40 55h16v15q-8 9-16 0z"/>` +
    `<path fill="#000" fill-opacity=".1" d="M40 59q8 7 16 0v4q-8 8-16 0z"/>`
  );
}

/** Chin and cheeks vary; ears, eyes, brows, nose and a small smile. */
function drawFace(random: Random, skin: string, sex: Sex): string {
  const half = drawItem(random, [16, 16.5, 17]); // half width at the cheeks
  const chin = drawItem(random, [60, 61.5, 63]);
  const left = 48 - half;
  const right = 48 + half;
  const jaw = sex === "male" ? 0.82 : 0.66;
  const brow = drawItem(random, [36.5, 37.2]);
  const smile = drawItem(random, [2.2, 3, 3.6]);
  const thick = sex === "male" ? 1.9 : 1.3;
  return (
    `<g fill="${skin}"><ellipse cx="${left}" cy="43" rx="2.8" ry="4"/><ellipse cx="${right}" cy="43" rx="2.8" ry="4"/>` +
    `<path d="M${left} 36c0-26 ${half * 2}-26 ${half * 2} 0v8c0 ${tidy((chin - 44) * jaw)}-9 ${chin - 44}-${half} ${chin - 44}` +
    `s-${half}-${tidy((chin - 44) * (1 - jaw))}-${half}-${chin - 44}z"/></g>` +
    `<g fill="none" stroke="#3a2e2a" stroke-linecap="round"><path stroke-width="${thick}" ` +
    `d="M37 ${brow}q3.5-2 7-.4M52 ${tidy(brow - 0.4)}q3.5-1.6 7 .4"/>` +
    `<path stroke="#b5573f" stroke-width="1.7" d="M43 54q5 ${smile} 10 0"/>` +
    `<path stroke="#000" stroke-opacity=".18" stroke-width="1.3" d="M48 44v4.4l-1.6.6"/></g>` +
    `<g fill="#2a2326"><circle cx="41" cy="42" r="1.9"/><circle cx="55" cy="42" r="1.9"/></g>` +
    `<g fill="#e8806a" fill-opacity=".22"><circle cx="37.5" cy="49" r="3"/><circle cx="58.5" cy="49" r="3"/></g>`
  );
}

function drawGlasses(random: Random): string {
  const rim = drawItem(random, ["#2f3440", "#6b4a35", "#4a5a78"]);
  const shape =
    random() < 0.5
      ? '<circle cx="41" cy="42" r="5.4"/><circle cx="55" cy="42" r="5.4"/><path d="M46.4 41q1.6-1 3.2 0"/>'
      : '<rect x="35" y="38" width="11.4" height="8" rx="2.4"/><rect x="49.6" y="38" width="11.4" height="8" rx="2.4"/><path d="M46.4 41h3.2"/>';
  return `<g fill="#fff" fill-opacity=".16" stroke="${rim}" stroke-width="1.3">${shape}</g>`;
}

function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}

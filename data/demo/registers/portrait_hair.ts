import { drawItem, type Random } from "../random.ts";
import type { Generation, Sex } from "./person_names.ts";

/** Hair lies partly behind neck and shoulders, partly in front of the face. */
export interface Hair {
  behind: string;
  front: string;
}

/** Head: ears at x 31 and 65, y 43; crown at y 16; brows at y 36. */
export function drawHair(random: Random, person: { sex: Sex; generation: Generation }, colour: string): Hair {
  const elder = person.generation === "elder";
  const cut = drawItem(
    random,
    person.sex === "female" ? (elder ? elderWomensCuts : womensCuts) : elder ? elderMensCuts : mensCuts,
  );
  const paint = (path: string) => (path ? `<path fill="${colour}" d="${path}"/>` : "");
  return { behind: paint(cut.behind), front: paint(cut.front) };
}

const mensCuts: Hair[] = [
  // short, parted at the side
  {
    behind: "",
    front: "M30.5 39c-3-19 7-26.5 18-26.5s20 8 17 26.5c-1.5-5-2.5-8-4.5-10.5-8 1-17-.5-22-4.5-1 5-5 8-6 10z",
  },
  // crew cut
  {
    behind: "",
    front: "M31 37c-2.5-17 7-23.5 17-23.5s19.5 6.5 17 23.5c-1-4-2-7-3.5-9.5-8-3-19-3-27 0-1.5 2.5-2.5 5.5-3.5 9.5z",
  },
  // brushed up
  {
    behind: "",
    front:
      "M31 38c-4-16 2-24 9-24.5 4-3.5 17-3 20 2.5 6 3 7.5 12 5 22-1.200-4-2-7.5-4-10-6 1.5-9-1.5-13-2-5 3-9 1.5-13 2-2.5 3-3 6-4 10z",
  },
  // fringe
  {
    behind: "",
    front:
      "M30.5 40c-3-19 6-27.5 17.5-27.5s20.5 8.5 17.5 27.5c-1-3.5-1.5-6-3-8.5l-4 .5-3-3-4 3.5-4-3.5-4 3.5-4-3.5-4 3.5c-2 2-4 4-5 7.5z",
  },
];

const elderMensCuts: Hair[] = [
  mensCuts[0]!,
  mensCuts[1]!,
  // receding
  {
    behind: "",
    front:
      "M30.5 41c-2.6-8-1.8-14 3-18.5 2 1.8 2.4 4.5 1.4 7.5-2 3-3.4 7-4.4 11zM65.5 41c2.6-8 1.8-14-3-18.5-2 1.8-2.4 4.5-1.4 7.5 2 3 3.4 7 4.4 11z",
  },
];

const womensCuts: Hair[] = [
  // bob
  {
    behind: "M27 58c-4-28 3-47 21-47s25 19 21 47c-6 3-36 3-42 0z",
    front: "M30 42c-3-20 7-29 18-29s21 9 18 29c-2-7-4-11-6-13.5-9 0-16-2-20-6-2 6-7 11-10 19.5z",
  },
  // long, parted in the middle
  {
    behind: "M25 78c-4-20 0-30 1-38 1-19 10-29 22-29s21 10 22 29c1 8 5 18 1 38-10 3-36 3-46 0z",
    front: "M30 44c-4-22 7-31 18-31s22 9 18 31c-2-8-7-15-18-23-11 8-16 15-18 23z",
  },
  // tied back
  {
    behind: "M36 16c0-12 24-12 24 0z",
    front: "M30.5 40c-3-19 6.5-27.5 17.5-27.5s20.5 8.5 17.5 27.5c-2-6-5-10.5-8-13.5-8 3-16 1-20-1.5-3 4-5.5 9-7 15z",
  },
  // short, with a fringe
  {
    behind: "M28 50c-4-24 4-39 20-39s24 15 20 39c-5 3-35 3-40 0z",
    front: "M30 42c-3-20 6-29.5 18-29.5s21 9.5 18 29.5c-1.5-5-2.5-8.5-4-11-8 1.5-20 1.5-28 0-1.5 2.5-2.5 6-4 11z",
  },
];

const elderWomensCuts: Hair[] = [womensCuts[0]!, womensCuts[2]!, womensCuts[3]!];

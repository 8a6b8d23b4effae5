import { drawItem, type Random } from "../random.ts";

export type Dress = "jacket" | "suit" | "polo" | "vest" | "police" | "fire" | "doctor";

/** Shoulders and collar; what a duty wears shows at a glance. */
export function drawClothes(random: Random, dress: Dress): string {
  switch (dress) {
    case "police":
      return body("#1f2f52") + shirt("#9db4d8") + tie("#16213c") + lapels("#18264a") + badges("#c9d3e6");
    case "fire":
      return (
        body("#22385e") +
        shirt("#2d4a7c") +
        lapels("#1a2c4d") +
        '<path fill="#f08a24" d="M14 86l9-13 4 2-9 16zM82 86l-9-13-4 2 9 16z"/>'
      );
    case "doctor":
      return body("#f4f7fa") + shirt(drawItem(random, ["#9cc7c0", "#a9c4e6"])) + lapels("#dfe6ec");
    case "suit":
      return (
        body(drawItem(random, ["#34415c", "#3b3d47", "#2d4a5e"])) +
        shirt("#f3f6fa") +
        tie(drawItem(random, ["#8c2f39", "#2d5a8c", "#54616e"])) +
        lapels("#000", 0.2)
      );
    case "vest":
      return body(drawItem(random, ["#e8eaee", "#cfd8e3", "#dcd3c8"])) + vest("#c9312f") + shirt("#f3f6fa");
    case "polo":
      return body(drawItem(random, ["#4f7f6a", "#7a5a86", "#51708f", "#a3654a", "#5b6b7a"])) + collar();
    case "jacket":
      return (
        body(drawItem(random, ["#2f5fa8", "#29508f", "#2b6a8f"])) +
        shirt(drawItem(random, ["#f3f6fa", "#dbe6f4"])) +
        lapels("#000", 0.15)
      );
  }
}

const body = (colour: string) => `<path fill="${colour}" d="M8 96c0-20 12-25 30-30q10 9 20 0c18 5 30 10 30 30z"/>`;
const shirt = (colour: string) => `<path fill="${colour}" d="M38 66q10 9 20 0l1 3-11 15-11-15z"/>`;
const tie = (colour: string) => `<path fill="${colour}" d="M45.5 74h5l-1 4 3 13-4.5 5-4.5-5 3-13z"/>`;
const lapels = (colour: string, opacity = 1) =>
  `<path fill="${colour}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ""} d="M38 65.5l10 18.5-4 12-14-20 5-2-3-3zM58 65.5l-10 18.5 4 12 14-20-5-2 3-3z"/>`;
const badges = (colour: string) => `<path fill="${colour}" d="M16 79l10-5 1 3-10 5zM80 79l-10-5-1 3 10 5z"/>`;
const vest = (colour: string) => `<path fill="${colour}" d="M24 96l4-27 10-3 10 18 10-18 10 3 4 27z"/>`;
const collar = () => '<path fill="#fff" fill-opacity=".28" d="M38 65.5l10 11-6 6-8-14zM58 65.5l-10 11 6 6 8-14z"/>';

import { frameWords } from "../../data/vocabulary/frame_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";

export interface Workspace {
  path: string;
  name: Wording;
  /** The digit of Alt+digit (ui/frame.md, 「Global keys」). */
  digit: number;
}

/** The workspaces that there are, in the order of their keys. */
export const workspaces: readonly Workspace[] = [{ path: "/", name: frameWords.panorama, digit: 1 }];

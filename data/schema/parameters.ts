import { z } from "zod";

/** Words that somebody sends. The database has no sign for NUL, so what holds one can match nothing. */
export const Words = z.string().regex(/^[^\0]*$/, "must not contain the character NUL");

/** A day, YYYY-MM-DD, of the years that the database knows: the ISO calendar has a year 0, PostgreSQL has none. */
export const Day = z.iso.date().refine((day) => day >= "0001", "must be in the year 1 or later");

const id = /^\d{1,18}$/; // fits a bigint

/** The id of a row, bigint as text. */
export const Id = z.string().regex(id, "must be an id");

/** Whether the text could be an id at all; the database refuses what is no number. */
export function isId(text: string): boolean {
  return id.test(text);
}

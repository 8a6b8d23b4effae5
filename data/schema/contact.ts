import { z } from "zod";
import { showings } from "../access/showing.ts";

const contactKinds = ["duty", "mobile", "supervision", "responsible", "manager"] as const;
export const ContactKind = z.enum(contactKinds);
export type ContactKind = z.infer<typeof ContactKind>;

/** A phone as this reader sees it. */
export const Contact = z.object({
  id: z.string(),
  kind: ContactKind,
  /** Who answers, where it is not the owner himself. */
  name: z.string().nullable(),
  /** In full where `showing` is open, else with stars: 138****1234. */
  phone: z.string(),
  /** `full`: POST …/reveal gives the rest, and is written down. */
  showing: z.enum(showings).exclude(["none"]),
});
export type Contact = z.infer<typeof Contact>;

/** POST /api/contacts/{id}/reveal — the phone in full; the look-up is audited. */
export const RevealedContact = z.object({ id: z.string(), phone: z.string() });
export type RevealedContact = z.infer<typeof RevealedContact>;

import { Router } from "express";
import type { RevealedContact } from "../../data/schema/contact.ts";
import { readerOf } from "../access/reader.ts";
import { unwrap } from "../http/parse.ts";
import type { ContactService } from "./service.ts";

export function contactRoutes(contacts: ContactService): Router {
  const router = Router();
  router.post("/api/contacts/:id/reveal", async (request, response) => {
    const revealed = unwrap(await contacts.reveal(request.params.id, readerOf(request)));
    response.set("Cache-Control", "no-store").json(revealed satisfies RevealedContact);
  });
  return router;
}

import session from "express-session";
import { Pacing } from "./pacing.ts";
import { sessionCookie } from "./session_data.ts";
import type { SessionStore } from "./session_store.ts";

/**
 * Reads the session of a request, if it brings one, before the gate asks who it is. A session begins only when
 * somebody signs in. Pages and their files are the same for everybody: they come without the database.
 * @param key - shared by all instances
 */
export function sessionHandler(store: SessionStore, key: Buffer): ReturnType<typeof session> {
  const handler = session({
    name: sessionCookie,
    secret: key.toString("base64"),
    store,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: "lax", secure: "auto", path: "/" },
  });
  const pacing = new Pacing();
  return (request, response, next) => {
    if (request.method === "POST" && /^\/api\/session\b/i.test(request.path)) {
      pacing.pass(() => handler(request, response, next));
    } else if (/^\/(?:api|basemap)\//i.test(request.path)) {
      handler(request, response, next);
    } else next();
  };
}

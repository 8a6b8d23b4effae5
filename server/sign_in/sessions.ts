import session from "express-session";
import { sessionCookie } from "./session_data.ts";
import type { SessionStore } from "./session_store.ts";

/**
 * Reads the session of a request, if it brings one, before the gate asks who it is. A session begins only when
 * somebody signs in; files of the pages are served without looking for one.
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
  return (request, response, next) => {
    if (request.path.startsWith("/assets/")) next();
    else handler(request, response, next);
  };
}

import { get, type IncomingMessage } from "node:http";
import { expect, onTestFinished } from "vitest";
import { goodPassword } from "./sign_in_app.ts";

export interface Heard {
  /** Events so far. */
  events: { event: string; id: string; data: unknown }[];
  /** The last id that was named, also by what is no event: what a browser comes back with. */
  last: () => number;
  /** Resolves when so many events came. */
  until: (count: number) => Promise<void>;
  /** Resolves when the other side is gone. */
  ended: Promise<void>;
  /** Takes no more, as somebody whose line is stuck. */
  stick: () => void;
}

/** Signs in at a server. @returns the cookies */
export async function signInAt(base: string, name: string): Promise<string> {
  const signedIn = await fetch(`${base}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password: goodPassword }),
  });
  expect(signedIn.status).toBe(200);
  return signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

/** Signs in and listens to the stream of a server; it is let go after the test. */
export async function listenTo(base: string, name: string, query = "", last?: number): Promise<Heard> {
  return listenWith(base, await signInAt(base, name), query, last);
}

/** @param last - Last-Event-ID */
export async function listenWith(base: string, cookie: string, query = "", last?: number): Promise<Heard> {
  const headers = { Cookie: cookie, ...(last === undefined ? {} : { "Last-Event-ID": String(last) }) };
  const stream = await new Promise<IncomingMessage>((resolve) =>
    get(`${base}/api/stream${query}`, { headers }, resolve),
  );
  stream.on("error", () => undefined); // cut off: `close` follows
  onTestFinished(() => void stream.destroy());
  expect(stream.headers["content-type"]).toContain("text/event-stream");
  const events: Heard["events"] = [];
  let named = 0;
  let wake = () => {};
  let text = "";
  stream.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = Object.fromEntries(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => line.split(/: (.*)/s).slice(0, 2)),
      );
      text = text.slice(end + 2);
      if (lines.id) named = Number(lines.id);
      if (lines.data) events.push({ event: lines.event, id: lines.id, data: JSON.parse(lines.data) as unknown });
      wake();
    }
  });
  await new Promise<void>((begun) => {
    wake = begun;
  });
  return {
    events,
    last: () => named,
    async until(count) {
      while (events.length < count)
        await new Promise<void>((more) => {
          wake = more;
        });
    },
    ended: new Promise((done) => stream.on("close", done)),
    stick: () => void stream.pause(),
  };
}

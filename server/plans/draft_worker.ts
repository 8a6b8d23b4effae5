import { parentPort } from "node:worker_threads";
import type { DraftReply, DraftRequest, Opened } from "./draft_protocol.ts";
import type { DraftSeed } from "./draft_seed.ts";
import { type HeldDraft, holdDraft } from "./held_draft.ts";
import { describeFault, readDivisionFile } from "./read_division_file.ts";

/** Holds drafts in a thread of its own: opening a city takes seconds, which the event loop does not have. */
const port = parentPort!;
const mostPlaces = 200;
const drafts = new Map<string, HeldDraft>();

port.on("message", (request: DraftRequest) => {
  try {
    const answer = answerTo(request);
    const transfer = answer instanceof Uint8Array ? [answer.buffer as ArrayBuffer] : [];
    port.postMessage({ id: request.id, answer } satisfies DraftReply, transfer);
  } catch (error) {
    // what a half-done step left is no draft any more
    if ("plan_id" in request.asks) drafts.delete(request.asks.plan_id);
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port.postMessage({ id: request.id, failure } satisfies DraftReply);
  }
});

function answerTo(request: DraftRequest): unknown {
  switch (request.call) {
    case "open":
      return open(request.asks.seed);
    case "close":
      drafts.delete(request.asks.plan_id);
      return null;
    case "apply":
      return draftOf(request.asks).apply(request.asks.operation);
    case "restore":
      return draftOf(request.asks).restore(request.asks.inverse);
    case "areas":
      return new TextEncoder().encode(JSON.stringify(draftOf(request.asks).areas()));
    case "some":
      return draftOf(request.asks).some(request.asks.ids);
    case "judge":
      return draftOf(request.asks).judge(request.asks.ids);
    case "read_file":
      return readDivisionFile(request.asks);
    case "tile":
      return draftOf(request.asks).tile(request.asks.z, request.asks.x, request.asks.y);
    case "unsettled":
      return draftOf(request.asks).unsettled(request.asks.former);
    case "division":
      return draftOf(request.asks).division();
  }
}

function open(seed: DraftSeed): Opened {
  const draft = holdDraft(seed);
  if ("faults" in draft) {
    const nameOf = (id: string) => `「${draft.names[id]}」`;
    const places = draft.faults
      .slice(0, mostPlaces)
      .map((fault) => ({ what: describeFault(fault, nameOf), at: fault.at }));
    return { ok: false, places };
  }
  drafts.set(seed.plan_id, draft);
  return { ok: true, box: draft.box() };
}

function draftOf({ plan_id }: { plan_id: string }): HeldDraft {
  const draft = drafts.get(plan_id);
  if (!draft) throw new Error(`the draft of plan ${plan_id} is not open here`);
  return draft;
}

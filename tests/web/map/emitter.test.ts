import { expect, test } from "vitest";
import { createEmitter } from "../../../web/map/emitter.ts";

interface Events {
  move: { zoom: number };
  idle: Record<string, never>;
}

test("a listener hears its own event until it stops listening", () => {
  const events = createEmitter<Events>();
  const heard: number[] = [];
  const stop = events.on("move", ({ zoom }) => heard.push(zoom));
  events.emit("move", { zoom: 12 });
  events.emit("idle", {});
  stop();
  events.emit("move", { zoom: 13 });
  expect(heard).toEqual([12]);
});

test("a listener may stop another while an event is told: both still hear that event", () => {
  const events = createEmitter<Events>();
  const heard: string[] = [];
  const stops: (() => void)[] = [];
  events.on("idle", () => {
    heard.push("first");
    for (const stop of stops) stop();
  });
  stops.push(events.on("idle", () => heard.push("second")));
  events.emit("idle", {});
  events.emit("idle", {});
  expect(heard).toEqual(["first", "second", "first"]);
});

test("after clearing nobody hears anything", () => {
  const events = createEmitter<Events>();
  let heard = 0;
  events.on("idle", () => heard++);
  events.clear();
  events.emit("idle", {});
  expect(heard).toBe(0);
});

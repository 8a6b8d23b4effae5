import { expect, test } from "vitest";
import { sharedRuns, TooManyRuns, turnQueue } from "../../../server/checks/shared_runs.ts";

const never = new AbortController().signal;

/** Work that ends when it is told to, and says whether it was begun and ended. */
function aWork<T>(value: T) {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const said = { begun: 0, ended: false };
  const work = (signal: AbortSignal) => {
    said.begun++;
    signal.addEventListener("abort", () => {
      said.ended = true;
    });
    return Promise.race([
      done.then(() => value),
      new Promise<T>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    ]);
  };
  return { work, finish, said };
}

/** Lets everything that was promised come about. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who asks the same meanwhile waits for the same run", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 2, waiting: 2 }));
  const { work, finish, said } = aWork(7);
  const both = [runs.run("a", work, never), runs.run("a", work, never)];
  finish();
  expect(await Promise.all(both)).toEqual([7, 7]);
  expect(said.begun).toBe(1);
});

test("what is asked after a run has ended is run anew", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 1, waiting: 0 }));
  const first = aWork(1);
  first.finish();
  expect(await runs.run("a", first.work, never)).toBe(1);
  await settled();
  const second = aWork(2);
  second.finish();
  expect(await runs.run("a", second.work, never)).toBe(2);
});

test("one of several may leave, and the others get their answer", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 1, waiting: 1 }));
  const { work, finish, said } = aWork(7);
  const leaver = new AbortController();
  const left = runs.run("a", work, leaver.signal);
  const stays = runs.run("a", work, never);
  leaver.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  finish();
  expect(await stays).toBe(7);
  expect(said.ended).toBe(false);
});

test("a run that nobody waits for any more is ended, and its turn goes on", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 1, waiting: 1 }));
  const [first, second] = [aWork(1), aWork(2)];
  const leaver = new AbortController();
  const left = runs.run("a", first.work, leaver.signal);
  const waits = runs.run("b", second.work, never);
  await settled();
  expect(second.said.begun).toBe(0);
  leaver.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  second.finish();
  expect(await waits).toBe(2);
  expect(first.said.ended).toBe(true);
});

test("who leaves the queue is never begun, and leaves room", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 1, waiting: 1 }));
  const [first, second, third] = [aWork(1), aWork(2), aWork(3)];
  const runsNow = runs.run("a", first.work, never);
  const leaver = new AbortController();
  const left = runs.run("b", second.work, leaver.signal);
  leaver.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  await settled();
  const waits = runs.run("c", third.work, never);
  first.finish();
  third.finish();
  expect(await Promise.all([runsNow, waits])).toEqual([1, 3]);
  expect(second.said.begun).toBe(0);
});

test("more than may wait are refused, and a failure passes the turn on", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 1, waiting: 1 }));
  const fails = runs.run("a", () => settled().then(() => Promise.reject(new Error("broken"))), never);
  const { work, finish } = aWork(2);
  const waits = runs.run("b", work, never);
  await expect(runs.run("c", work, never)).rejects.toBeInstanceOf(TooManyRuns);
  await expect(fails).rejects.toThrow("broken");
  finish();
  expect(await waits).toBe(2);
});

test("who is gone already is not begun", async () => {
  const runs = sharedRuns<number>(turnQueue({ at_once: 1, waiting: 1 }));
  const { work, said } = aWork(1);
  await expect(runs.run("a", work, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  expect(said.begun).toBe(0);
});

import { expect, test } from "vitest";
import { Pacing } from "../../../server/sign_in/pacing.ts";

test("of many that come at once one goes on in each turn, in order, and others get their turn between", async () => {
  const pacing = new Pacing();
  const order: string[] = [];
  await new Promise<void>((done) => {
    for (let n = 1; n <= 3; n++) {
      pacing.pass(() => {
        order.push(`guess ${n}`);
        setImmediate(() => order.push(`tile ${n}`));
        if (n === 3) setImmediate(done);
      });
    }
    order.push("came");
  });
  expect(order).toEqual(["came", "guess 1", "tile 1", "guess 2", "tile 2", "guess 3", "tile 3"]);
});

test("who comes while others wait is last, and one that fails holds nobody up", async () => {
  const pacing = new Pacing();
  const order: number[] = [];
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const former = process.rawListeners("uncaughtException") as NodeJS.UncaughtExceptionListener[];
  process.removeAllListeners("uncaughtException").on("uncaughtException", onFailure);
  await new Promise<void>((done) => {
    pacing.pass(() => {
      order.push(1);
      pacing.pass(() => {
        order.push(3);
        done();
      });
    });
    pacing.pass(() => {
      order.push(2);
      throw new Error("one that fails");
    });
  });
  process.off("uncaughtException", onFailure);
  for (const listener of former) process.on("uncaughtException", listener);
  expect(order).toEqual([1, 2, 3]);
  expect(failures).toHaveLength(1);
});

import { networkOf } from "../../data/access/network_of.ts";
import type { Reader } from "../access/reader.ts";

/** Whether a refusal is written down, and what its line says about those that are not. */
export interface RefusalTurn {
  written: boolean;
  note: { not_written_before?: number; none_written_until?: string };
}

const hour = 3_600_000; // ms
/** Lines an hour. An account is somebody; of an address without one, and of all of those together, fewer are kept. */
const perAccount = 120;
const perAddress = 20;
const forAllAddresses = 600;

interface Window {
  since: number;
  written: number;
  left_out: number;
}

/**
 * Keeps a flood of refused requests from filling the log: so many lines an hour for an account or an address. The last
 * line before a pause says so, the first one after it how many were left out. Counted in this process.
 */
export function refusalBudget(now: () => number): (reader: Reader) => RefusalTurn {
  const windows = new Map<string, Window>();
  let sweptAt = now();

  function windowOf(key: string): { window: Window; left_out_before: number } {
    const known = windows.get(key);
    if (known && now() - known.since < hour) return { window: known, left_out_before: 0 };
    const window = { since: now(), written: 0, left_out: 0 };
    windows.set(key, window);
    return { window, left_out_before: known?.left_out ?? 0 };
  }

  function sweep(): void {
    if (now() - sweptAt < hour) return;
    sweptAt = now();
    // what was left out is still to be told when the sender comes back
    for (const [key, { since, left_out }] of windows) {
      if (now() - since >= (left_out > 0 ? 24 * hour : hour)) windows.delete(key);
    }
  }

  return (reader) => {
    sweep();
    const everybody = reader.account ? null : windowOf("*");
    if (everybody && everybody.window.written >= forAllAddresses) {
      everybody.window.left_out++;
      return { written: false, note: {} }; // and no window for a sender who may be made up
    }
    const limit = reader.account ? perAccount : perAddress;
    const { window, left_out_before } = windowOf(reader.account?.id ?? networkOf(reader.address));
    if (window.written >= limit) {
      window.left_out++;
      return { written: false, note: {} };
    }
    window.written++;
    if (everybody) everybody.window.written++;
    const isLast = window.written === limit || everybody?.window.written === forAllAddresses;
    const leftOut = left_out_before + (everybody?.left_out_before ?? 0);
    return {
      written: true,
      note: {
        ...(leftOut > 0 && { not_written_before: leftOut }),
        ...(isLast && { none_written_until: new Date(window.since + hour).toISOString() }),
      },
    };
  };
}

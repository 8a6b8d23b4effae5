import { z } from "zod";
import { create } from "zustand";

/** A name for the draft as it was after a step of the log; 0: as the plan began. */
export interface NamedState {
  name: string;
  seq: number;
  at: string;
}

const States = z.array(z.object({ name: z.string(), seq: z.int(), at: z.string() }));
const keyOf = (plan: string) => `grid-atlas.states.${plan}`;

/** Names that this reader gave to states of plans; they are kept on this machine. */
export const useNamedStates = create<{ of: Readonly<Record<string, readonly NamedState[]>> }>(() => ({ of: {} }));

export function namedStates(plan: string): readonly NamedState[] {
  return useNamedStates.getState().of[plan] ?? readStates(plan);
}

export function nameState(plan: string, state: NamedState): void {
  write(plan, [...namedStates(plan).filter(({ name }) => name !== state.name), state]);
}

export function forgetState(plan: string, name: string): void {
  write(
    plan,
    namedStates(plan).filter((state) => state.name !== name),
  );
}

function write(plan: string, states: readonly NamedState[]): void {
  useNamedStates.setState(({ of }) => ({ of: { ...of, [plan]: states } }));
  try {
    localStorage.setItem(keyOf(plan), JSON.stringify(states));
  } catch {
    // Without storage the names hold until the page is left.
  }
}

const none: readonly NamedState[] = [];

function readStates(plan: string): readonly NamedState[] {
  try {
    const known = States.safeParse(JSON.parse(localStorage.getItem(keyOf(plan)) ?? "[]"));
    return known.success && known.data.length > 0 ? known.data : none;
  } catch {
    return none;
  }
}

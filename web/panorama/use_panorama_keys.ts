import type { Network } from "../../data/schema/network.ts";
import { type KeyBinding, useKeys } from "../ui/keys.ts";
import type { DockPanel } from "../ui/view_address.ts";
import { changeView, currentView } from "../ui/view_store.ts";
import { stepIssue } from "./issue_store.ts";
import { stepSelection } from "./step_selection.ts";
import { showNetwork } from "./switches.tsx";

interface Doers {
  network: Network | undefined;
  networks: readonly Network[];
  focusSearch: () => void;
  showShortcuts: () => void;
  /** Opens a panel at the left, or the sheet of a narrow page, and moves the focus there. */
  openPanel: (panel: Exclude<DockPanel, "none">) => void;
  stepBack: () => void;
  /** Whether checks and crosswalk are offered. */
  checks: boolean;
}

/** The keys of the panorama (ui/frame.md 「Global keys」, ui/panorama.md 「Keys」). */
export function usePanoramaKeys(doers: Doers): void {
  const { network, networks } = doers;
  const levels: KeyBinding[] = [1, 2, 3, 4, 5, 6].map((ordinal) => ({
    code: `Digit${ordinal}`,
    run: () => pinLevel(ordinal, network),
  }));
  useKeys([
    { code: "Slash", run: doers.focusSearch },
    { code: "Slash", shift: true, run: doers.showShortcuts },
    { code: "KeyL", run: () => doers.openPanel("list") },
    { code: "KeyT", run: () => doers.openPanel("areas") },
    { code: "KeyY", run: () => doers.openPanel("layers") },
    { code: "KeyN", run: () => showNextNetwork(network, networks) },
    { code: "KeyH", run: () => changeView({ theme: currentView().theme === "light" ? "dark" : "light" }) },
    { code: "KeyE", run: () => doers.openPanel("editions") },
    { code: "BracketLeft", run: () => step(-1) },
    { code: "BracketRight", run: () => step(1) },
    { code: "Escape", run: doers.stepBack },
    ...levels,
    ...(doers.checks
      ? [
          { code: "KeyK", run: () => doers.openPanel("check") },
          { code: "KeyM", run: () => doers.openPanel("crosswalk") },
        ]
      : []),
  ]);
}

/** In the checks the next item is the next issue, whatever the list shows of it. */
function step(by: 1 | -1): void {
  if (currentView().panel === "check") stepIssue(by);
  else stepSelection(by);
}

/** Pins a level; the same digit again lets it follow the zoom. */
function pinLevel(ordinal: number, network: Network | undefined): void {
  if (!network?.levels.some((level) => level.ordinal === ordinal)) return;
  changeView({ level: currentView().level === ordinal ? null : ordinal });
}

function showNextNetwork(network: Network | undefined, networks: readonly Network[]): void {
  const at = networks.findIndex(({ code }) => code === network?.code);
  const next = networks[(at + 1) % networks.length];
  if (next && next.code !== network?.code) showNetwork(next.code, networks);
}

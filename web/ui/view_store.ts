import { create } from "zustand";
import { isLanguage } from "../../data/vocabulary/language.ts";
import {
  defaultView,
  formatPage,
  formatPlanPage,
  formatView,
  isPlanPage,
  ownKeysOf,
  parseView,
  planKeysOf,
  themes,
  type View,
  type ViewCamera,
} from "./view_address.ts";

/** How long the camera rests before the address follows, milliseconds (ui/frame.md, 「URL」). */
const cameraDelay = 300;

interface ViewStore {
  view: View;
  /** Rises when the address itself was changed by back, forward or a paste, so that the map follows it. */
  arrivals: number;
}

/**
 * The view and the address are two faces of one thing: `changeView` writes both, going back or forward reads
 * the address. Panels read the view with `useView`.
 */
const store = create<ViewStore>(() => ({ view: defaultView, arrivals: 0 }));

let cameraTimer: ReturnType<typeof setTimeout> | undefined;

/** One part of the view; the panel draws again only when that part changes. */
export function useView<Part>(select: (view: View) => Part): Part {
  return store((state) => select(state.view));
}

/** Rises each time the reader arrives at an address by back, forward or a paste. */
export function useArrivals(): number {
  return store((state) => state.arrivals);
}

export function currentView(): View {
  return store.getState().view;
}

/**
 * Changes the view and its address.
 *
 * @param how - `push` makes a step that Back undoes (selections); `replace` does not (camera, layers, theme)
 */
export function changeView(patch: Partial<View>, how: "push" | "replace" = "replace"): void {
  settleCamera();
  const view = { ...currentView(), ...patch };
  store.setState({ view });
  writeAddress(view, how);
  rememberPreferences(view);
}

/** The camera moved: the address follows when it rests. */
export function noteCamera(map: ViewCamera): void {
  store.setState({ view: { ...currentView(), map } });
  clearTimeout(cameraTimer);
  cameraTimer = setTimeout(settleCamera, cameraDelay);
}

/** Reads the address once and follows Back and Forward from then on. Called by main, before the first drawing. */
export function followAddress(): void {
  const arrive = (view: View) => {
    clearTimeout(cameraTimer);
    cameraTimer = undefined;
    store.setState({ view, arrivals: store.getState().arrivals + 1 });
    // What the address left to our memory is written into it, so that a copied link shows the same to everyone.
    writeAddress(view, "replace");
  };
  arrive(parseView(location.search, preferredView()));
  addEventListener("popstate", () => {
    // Going back undoes a selection, not the language or the light that the reader has chosen since.
    const { lang, theme } = currentView();
    arrive({ ...parseView(location.search), lang, theme });
  });
}

function settleCamera(): void {
  if (cameraTimer === undefined) return;
  clearTimeout(cameraTimer);
  cameraTimer = undefined;
  writeAddress(currentView(), "replace");
}

/** The reader went to another page of ours: its address says the view too. */
export function noteArrival(path: string): void {
  // Another one may be on its way already.
  if (path !== location.pathname) return;
  settleCamera();
  // another plan lies elsewhere than what was looked at before
  if (isPlanPage(path)) store.setState({ view: { ...currentView(), ...planKeysOf(parseView(location.search)) } });
  writeAddress(currentView(), "replace");
}

function writeAddress(view: View, how: "push" | "replace"): void {
  const { pathname, search } = location;
  const query = queryOf(view, pathname, search);
  const address = `${location.pathname}${query}${location.hash}`;
  if (address === `${location.pathname}${location.search}${location.hash}`) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function queryOf(view: View, pathname: string, search: string): string {
  if (pathname === "/") return formatView(view);
  return isPlanPage(pathname) ? formatPlanPage(view, search) : formatPage(view, search, ownKeysOf(pathname));
}

const preferenceKeys = { lang: "grid-atlas.lang", theme: "grid-atlas.theme" } as const;

function preferredView(): View {
  const lang = readPreference(preferenceKeys.lang);
  const theme = readPreference(preferenceKeys.theme);
  return {
    ...defaultView,
    lang: isLanguage(lang) ? lang : defaultView.lang,
    theme: themes.find((known) => known === theme) ?? defaultView.theme,
  };
}

function rememberPreferences(view: View): void {
  try {
    localStorage.setItem(preferenceKeys.lang, view.lang);
    localStorage.setItem(preferenceKeys.theme, view.theme);
  } catch {
    // Storage may be closed to us (private windows); the address still carries both.
  }
}

function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

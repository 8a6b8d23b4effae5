import { create } from "zustand";

/** What a link of the administration carries in its fragment, where no server and no log sees it. */
export interface Secret {
  kind: "setup" | "device";
  token: string;
}

/** The secret that this page was opened with, until it is used. */
export const useSecret = create<{ secret: Secret | null }>(() => ({ secret: null }));

/**
 * Takes the secret out of the address at once, so that it stays in no history and no copied link. Also when such a link
 * is opened in a page that is ours already.
 */
export function takeSecret(): void {
  const take = () => {
    const match = /^#(setup|device)=([\w-]{20,200})$/.exec(location.hash);
    if (location.pathname !== "/sign-in" || !match) return;
    history.replaceState(history.state, "", `${location.pathname}${location.search}`);
    useSecret.setState({ secret: { kind: match[1] as Secret["kind"], token: match[2]! } });
  };
  take();
  addEventListener("hashchange", take);
}

export function forgetSecret(): void {
  useSecret.setState({ secret: null });
}

import { useQueryClient } from "@tanstack/react-query";
import type { Session } from "../../data/schema/session.ts";
import { signInWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { takeSession } from "../api/session.ts";
import { OfflineBar } from "../ui/offline_bar.tsx";
import { usePageTitle } from "../ui/page_title.ts";
import { LanguageSwitch, ThemeSwitch } from "../ui/preference_switches.tsx";
import { useSession } from "../ui/reader.ts";
import { useSecret } from "../ui/secret_fragment.ts";
import { safeReturn } from "../ui/sign_in_address.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import { PairingCard } from "./pairing_card.tsx";
import { SetupCard } from "./setup_card.tsx";
import { SignInCard } from "./sign_in_card.tsx";
import "../ui/forms.css";
import "./sign_in.css";

/** 登录: one card. A link of the first start or of a wall screen changes what the card is for. */
export default function SignInPage() {
  usePageTitle(signInWords.title);
  const speak = useWords();
  const client = useQueryClient();
  const session = useSession();
  const { secret } = useSecret();
  const enter = (next: Session) => {
    takeSession(client, next);
    goOn(next);
  };
  return (
    <div className="frame">
      <TopBar here={null}>
        <span className="top-bar-title">{speak(frameWords.product)}</span>
        <span className="top-bar-gap" />
        <ThemeSwitch />
        <LanguageSwitch />
      </TopBar>
      <OfflineBar />
      <main className="sign-in">
        {secret?.kind === "setup" ? (
          <SetupCard token={secret.token} onEnter={enter} />
        ) : secret?.kind === "device" ? (
          <PairingCard key={secret.token} token={secret.token} onEnter={enter} />
        ) : session.account ? (
          <AlreadyIn session={session} name={session.account.display_name} />
        ) : (
          <SignInCard session={session} onEnter={enter} />
        )}
      </main>
    </div>
  );
}

/** Leaves this page for good: a fresh document holds nothing of whoever read before. */
function goOn(session: Session): void {
  const wanted = safeReturn(new URLSearchParams(location.search).get("to"), location.origin);
  // What must be done first is done on the page of the own account.
  location.replace(session.pending ? "/account" : wanted);
}

function AlreadyIn({ session, name }: { session: Session; name: string }) {
  const speak = useWords();
  return (
    <section className="card" aria-labelledby="card-title">
      <h1 id="card-title">{speak(signInWords.title)}</h1>
      <p>{speak(signInWords.signed_in_as, { name })}</p>
      <button type="button" className="button button-primary button-wide" onClick={() => goOn(session)}>
        {speak(signInWords.go_on)}
      </button>
    </section>
  );
}

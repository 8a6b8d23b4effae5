import { readerWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { useSession } from "./reader.ts";
import { signInAddress } from "./sign_in_address.ts";
import { TopBar } from "./top_bar.tsx";
import { useWords } from "./use_words.ts";

/** A page that the reader may not open: what is missing, and a way on. Those who did not sign in are led in. */
export function NoPermissionPage() {
  const speak = useWords();
  const { account } = useSession();
  return (
    <div className="frame">
      <TopBar here={null} />
      <main className="message-page" data-state="forbidden">
        <h1>{speak(account ? readerWords.no_permission : readerWords.sign_in_first)}</h1>
        <p>{speak(account ? readerWords.no_permission_page : readerWords.sign_in_first_why)}</p>
        {account ? (
          <>
            <p>{speak(readerWords.no_permission_next)}</p>
            <a className="button button-primary" href="/">
              {speak(frameWords.to_panorama)}
            </a>
          </>
        ) : (
          <a className="button button-primary" href={signInAddress()}>
            {speak(readerWords.sign_in)}
          </a>
        )}
      </main>
    </div>
  );
}

import { readerWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { useSessionEnded } from "../api/session.ts";
import { Icon } from "./icons.tsx";
import { useSessionIfKnown } from "./reader.ts";
import { signInAddress } from "./sign_in_address.ts";
import { useWords } from "./use_words.ts";

/** Says that the session ended, and leads back in to the same place. */
export function SessionBar() {
  const speak = useWords();
  const { ended } = useSessionEnded();
  const session = useSessionIfKnown();
  if (!ended) return null;
  return (
    <div className="offline-bar" role="status" data-state="signed_out">
      <Icon name="person" size={18} />
      <span>{speak(session?.public_access === false ? readerWords.ended_closed : readerWords.ended)}</span>
      <a
        className="link bar-link"
        href="/sign-in"
        onClick={(event) => {
          event.currentTarget.href = signInAddress();
        }}
      >
        {speak(readerWords.sign_in_again)}
      </a>
      <button
        type="button"
        className="icon-button bar-close"
        aria-label={speak(frameWords.close)}
        onClick={() => useSessionEnded.setState({ ended: false })}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

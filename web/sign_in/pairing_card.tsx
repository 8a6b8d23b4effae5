import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Session } from "../../data/schema/session.ts";
import { signInWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { isFinal } from "../api/client.ts";
import { pairDevice } from "../api/session.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { forgetSecret } from "../ui/secret_fragment.ts";
import { useWords } from "../ui/use_words.ts";

/** Pairs this screen by the token of its link and goes to the map; nobody has to press anything. */
export function PairingCard({ token, onEnter }: { token: string; onEnter: (session: Session) => void }) {
  const speak = useWords();
  const pairing = useMutation({
    mutationFn: pairDevice,
    onSuccess: (session) => {
      forgetSecret();
      onEnter(session);
    },
  });
  // The token holds once: it must not be sent twice, not even by a page that draws itself twice.
  const sent = useRef(false);
  const { mutate } = pairing;
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    mutate({ token });
  }, [mutate, token]);
  const error = pairing.isPending ? null : pairing.error;
  return (
    <section className="card" aria-labelledby="card-title" aria-busy={pairing.isPending}>
      <h1 id="card-title">{speak(error ? signInWords.pairing_failed : signInWords.pairing)}</h1>
      {error ? (
        <>
          <FailureNote error={error} />
          <div className="form-buttons">
            {!isFinal(error) && (
              <button type="button" className="button button-primary" onClick={() => mutate({ token })}>
                {speak(frameWords.retry)}
              </button>
            )}
            <button type="button" className="button" onClick={forgetSecret}>
              {speak(signInWords.to_sign_in)}
            </button>
          </div>
        </>
      ) : (
        <p>{speak(signInWords.pairing_why)}</p>
      )}
    </section>
  );
}

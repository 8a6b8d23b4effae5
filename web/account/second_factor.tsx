import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SecondFactorSecret, Session } from "../../data/schema/session.ts";
import { accountWords } from "../../data/vocabulary/access_words.ts";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, takeSession } from "../api/session.ts";
import { CopyButton } from "../ui/copy_button.tsx";
import { FailureNote } from "../ui/failure_note.tsx";
import { QrPicture } from "../ui/qr_picture.tsx";
import { CodeField, PasswordField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";

/** 动态口令: a secret as QR code and as text, in force when a code of it was given; and how to take it away. */
export function SecondFactor({ account }: { account: NonNullable<Session["account"]> }) {
  const speak = useWords();
  const [secret, setSecret] = useState<SecondFactorSecret | null>(null);
  const [removing, setRemoving] = useState(false);
  const [done, setDone] = useState<"added" | "removed" | null>(null);
  const beginning = useMutation({ mutationFn: beginSecondFactor, onSuccess: setSecret });
  return (
    <section className="account-section">
      <h2>{speak(accountWords.factor)}</h2>
      <p>{speak(account.second_factor ? accountWords.factor_on : accountWords.factor_off)}</p>
      {done && (
        <p className="good-note" role="status">
          {speak(done === "added" ? accountWords.factor_added : accountWords.factor_removed)}
        </p>
      )}
      {secret ? (
        <Enrolment
          secret={secret}
          onDone={() => {
            setSecret(null);
            setDone("added");
          }}
          onCancel={() => setSecret(null)}
        />
      ) : removing && account.second_factor ? (
        <Removal
          onDone={() => {
            setRemoving(false);
            setDone("removed");
          }}
          onCancel={() => setRemoving(false)}
        />
      ) : (
        <div className="form-buttons">
          <button
            type="button"
            className="button"
            disabled={beginning.isPending}
            onClick={() => (account.second_factor ? setRemoving(true) : beginning.mutate())}
          >
            {speak(account.second_factor ? accountWords.factor_remove : accountWords.factor_begin)}
          </button>
        </div>
      )}
      {!beginning.isPending && <FailureNote error={beginning.error} />}
    </section>
  );
}

interface StepProps {
  onDone: () => void;
  onCancel: () => void;
}

function Enrolment({ secret, onDone, onCancel }: StepProps & { secret: SecondFactorSecret }) {
  const speak = useWords();
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const confirming = useMutation({
    mutationFn: confirmSecondFactor,
    onSuccess: (session) => {
      onDone();
      takeSession(client, session);
    },
    onError: () => setCode(""),
  });
  return (
    <form
      className="form account-form"
      onSubmit={(event) => {
        event.preventDefault();
        confirming.mutate(code);
      }}
    >
      <p>{speak(accountWords.factor_scan)}</p>
      <QrPicture value={secret.uri} size={176} />
      <div className="field">
        <span className="field-label">{speak(accountWords.factor_secret)}</span>
        <p className="secret">
          <code>{secret.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
          <CopyButton text={secret.secret} />
        </p>
      </div>
      <CodeField value={code} onValue={setCode} />
      {!confirming.isPending && <FailureNote error={confirming.error} />}
      <div className="form-buttons">
        <button
          type="submit"
          className="button button-primary"
          disabled={!/^\d{6}$/.test(code) || confirming.isPending}
        >
          {speak(accountWords.factor_confirm)}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {speak(accountWords.cancel)}
        </button>
      </div>
    </form>
  );
}

function Removal({ onDone, onCancel }: StepProps) {
  const speak = useWords();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const removing = useMutation({
    mutationFn: removeSecondFactor,
    onSuccess: (session) => {
      onDone();
      takeSession(client, session);
    },
  });
  return (
    <form
      className="form account-form"
      onSubmit={(event) => {
        event.preventDefault();
        removing.mutate({ password, code });
      }}
    >
      <PasswordField
        label={speak(accountWords.current)}
        value={password}
        onValue={setPassword}
        autoComplete="current-password"
      />
      <CodeField value={code} onValue={setCode} />
      {!removing.isPending && <FailureNote error={removing.error} />}
      <div className="form-buttons">
        <button
          type="submit"
          className="button button-danger"
          disabled={password === "" || !/^\d{6}$/.test(code) || removing.isPending}
        >
          {speak(accountWords.factor_remove)}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {speak(accountWords.cancel)}
        </button>
      </div>
    </form>
  );
}

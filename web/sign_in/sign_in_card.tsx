import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Session, SignIn } from "../../data/schema/session.ts";
import { readerWords, roleNames, signInWords } from "../../data/vocabulary/access_words.ts";
import { problemCode } from "../api/client.ts";
import { signIn, useSessionEnded } from "../api/session.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { wordsOfCode } from "../ui/failure_words.ts";
import { safeReturn } from "../ui/sign_in_address.ts";
import { CodeField, PasswordField, TextField } from "../ui/text_field.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";

interface Props {
  session: Session;
  onEnter: (session: Session) => void;
}

/** Name and password, then a code where the account has a second factor; other ways in below. */
export function SignInCard({ session, onEnter }: Props) {
  const speak = useWords();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  /** The password was right, the second factor is still missing. */
  const [asksCode, askCode] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: onEnter,
    onError: (error) => {
      const reason = problemCode(error);
      if (reason === "access.code_needed") askCode(true);
      setCode("");
    },
  });
  const isFirstAsk = problemCode(entering.error) === "access.code_needed" && entering.variables?.code === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body: SignIn = { name: name.trim().toLowerCase(), password, ...(asksCode ? { code } : {}) };
    entering.mutate(body);
  };
  // A refusal puts the cursor where the next try begins.
  useEffect(() => {
    if (!entering.error) return;
    const wanted = asksCode ? "code" : "password";
    form.current?.querySelector<HTMLInputElement>(`input[name="${wanted}"]`)?.select();
  }, [entering.error, asksCode]);

  return (
    <section className="card" aria-labelledby="card-title">
      <h1 id="card-title">{speak(signInWords.title)}</h1>
      <Arrival />
      <form className="form" ref={form} onSubmit={submit}>
        <TextField
          label={speak(signInWords.name)}
          name="name"
          value={name}
          onValue={setName}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          maxLength={64}
          readOnly={asksCode}
        />
        {!asksCode && (
          <PasswordField
            label={speak(signInWords.password)}
            name="password"
            value={password}
            onValue={setPassword}
            autoComplete="current-password"
          />
        )}
        {asksCode && <CodeField value={code} onValue={setCode} pattern="\d{6}" autoFocus />}
        {!entering.isPending && !isFirstAsk && <FailureNote error={entering.error} />}
        <button type="submit" className="button button-primary button-wide" disabled={entering.isPending}>
          {speak(signInWords.submit)}
        </button>
        {asksCode && (
          <button
            type="button"
            className="link"
            onClick={() => {
              askCode(false);
              setPassword("");
              entering.reset();
            }}
          >
            {speak(signInWords.other_name)}
          </button>
        )}
      </form>
      <OtherWays session={session} />
      <DemoAccounts
        session={session}
        busy={entering.isPending}
        onChoose={(account) => {
          askCode(false);
          entering.mutate({ name: account.name, password: account.password });
        }}
      />
    </section>
  );
}

/** Why the reader stands here: a session that ended, or a provider that sent back a refusal. */
function Arrival() {
  const speak = useWords();
  const { ended } = useSessionEnded();
  const refused = wordsOfCode(new URLSearchParams(location.search).get("problem") ?? "");
  if (refused) {
    return (
      <div className="failure-note" role="alert">
        <p className="failure-what">{speak(refused[0])}</p>
        <p>{speak(refused[1])}</p>
      </div>
    );
  }
  return ended ? <p className="plain-note">{speak(readerWords.ended_closed)}</p> : null;
}

function OtherWays({ session }: { session: Session }) {
  const speak = useWords();
  const to = safeReturn(new URLSearchParams(location.search).get("to"), location.origin);
  const provider = session.identity_provider;
  if (!provider && !session.public_access) return null;
  return (
    <div className="other-ways">
      {provider && (
        <>
          <p className="or">
            <span>{speak(signInWords.or)}</span>
          </p>
          <a className="button button-wide" href={`/api/session/identity?to=${encodeURIComponent(to)}`}>
            {speak(signInWords.provider, { name: provider })}
          </a>
        </>
      )}
      {session.public_access && (
        <a className="link as-public" href="/">
          {speak(signInWords.as_public)}
        </a>
      )}
    </div>
  );
}

type DemoAccount = Session["demo_accounts"][number];

interface DemoProps {
  session: Session;
  busy: boolean;
  onChoose: (account: DemoAccount) => void;
}

/** One click each, where the server says that there are any. */
function DemoAccounts({ session, busy, onChoose }: DemoProps) {
  const speak = useWords();
  const romanise = useRomanise();
  if (session.demo_accounts.length === 0) return null;
  return (
    <section className="demo-accounts" aria-labelledby="demo-title">
      <h2 id="demo-title">{speak(signInWords.demo)}</h2>
      <p className="note">{speak(signInWords.demo_hint)}</p>
      <ul>
        {session.demo_accounts.map((account) => (
          <li key={account.name}>
            <button type="button" className="demo-account" disabled={busy} onClick={() => onChoose(account)}>
              <strong>{speak(roleNames[account.role])}</strong>
              <span>{romanise(account.display_name, account.role === "wall" ? "place" : "person")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

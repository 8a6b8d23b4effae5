import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { AccountName, type Session } from "../../data/schema/session.ts";
import { signInWords } from "../../data/vocabulary/access_words.ts";
import { setUp } from "../api/session.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { PasswordRules, keepsPasswordRules } from "../ui/password_rules.tsx";
import { forgetSecret } from "../ui/secret_fragment.ts";
import { PasswordField, TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";

/** The one-time link of the first start: makes the security administrator, who makes everybody else. */
export function SetupCard({ token, onEnter }: { token: string; onEnter: (session: Session) => void }) {
  const speak = useWords();
  const [name, setName] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [password, setPassword] = useState("");
  const keepsRules = keepsPasswordRules(password, name);
  const making = useMutation({
    mutationFn: setUp,
    onSuccess: (session) => {
      forgetSecret();
      onEnter(session);
    },
  });
  const isName = AccountName.safeParse(name).success;
  return (
    <section className="card" aria-labelledby="card-title">
      <h1 id="card-title">{speak(signInWords.setup)}</h1>
      <p>{speak(signInWords.setup_why)}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate({ token, name: name.trim().toLowerCase(), display_name: displayName.trim(), password });
        }}
      >
        <TextField
          label={speak(signInWords.name)}
          name="name"
          value={name}
          onValue={setName}
          hint={speak(signInWords.name_hint)}
          wrong={name !== "" && !isName ? speak(signInWords.name_wrong) : undefined}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          maxLength={64}
        />
        <TextField
          label={speak(signInWords.display_name)}
          name="display_name"
          value={displayName}
          onValue={setDisplayName}
          autoComplete="name"
          required
          maxLength={60}
        />
        <PasswordField
          label={speak(signInWords.password)}
          name="new_password"
          value={password}
          onValue={setPassword}
          autoComplete="new-password"
        />
        <PasswordRules password={password} name={name} />
        {!making.isPending && <FailureNote error={making.error} />}
        <button
          type="submit"
          className="button button-primary button-wide"
          disabled={making.isPending || !isName || displayName.trim() === "" || !keepsRules}
        >
          {speak(signInWords.setup_submit)}
        </button>
        <button type="button" className="link" onClick={forgetSecret}>
          {speak(signInWords.to_sign_in)}
        </button>
      </form>
    </section>
  );
}

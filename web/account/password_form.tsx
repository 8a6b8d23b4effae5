import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "../../data/schema/session.ts";
import { accountWords } from "../../data/vocabulary/access_words.ts";
import { changePassword, takeSession } from "../api/session.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { keepsPasswordRules, PasswordRules } from "../ui/password_rules.tsx";
import { PasswordField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";

/** 修改密码; the rule is shown while it is typed. Sessions elsewhere end. */
export function PasswordForm({ account }: { account: NonNullable<Session["account"]> }) {
  const speak = useWords();
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: (session) => {
      setCurrent("");
      setNext("");
      setAgain("");
      takeSession(client, session);
    },
  });
  const differs = again !== "" && again !== next;
  const isReady = current !== "" && next === again && keepsPasswordRules(next, account.name);
  return (
    <section className="account-section">
      <h2>{speak(accountWords.password)}</h2>
      {!account.local ? (
        <p>{speak(accountWords.password_elsewhere)}</p>
      ) : (
        <form
          className="form account-form"
          onSubmit={(event) => {
            event.preventDefault();
            changing.mutate({ current, next });
          }}
        >
          {/* for managers of passwords */}
          <input type="text" name="username" autoComplete="username" value={account.name} readOnly hidden />
          <PasswordField
            label={speak(accountWords.current)}
            name="current"
            value={current}
            onValue={setCurrent}
            autoComplete="current-password"
          />
          <PasswordField
            label={speak(accountWords.next)}
            name="next"
            value={next}
            onValue={setNext}
            autoComplete="new-password"
          />
          <PasswordRules password={next} name={account.name} />
          <PasswordField
            label={speak(accountWords.again)}
            name="again"
            value={again}
            onValue={setAgain}
            wrong={differs ? speak(accountWords.again_differs) : undefined}
            autoComplete="new-password"
          />
          {!changing.isPending && <FailureNote error={changing.error} />}
          {changing.isSuccess && (
            <p className="good-note" role="status">
              {speak(accountWords.password_done)}
            </p>
          )}
          <div className="form-buttons">
            <button type="submit" className="button button-primary" disabled={!isReady || changing.isPending}>
              {speak(accountWords.password_submit)}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountSummary } from "../../data/schema/account.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { accountSinceQuery } from "../api/accounts.ts";
import { wordGrant } from "../ui/grant_words.ts";
import { wordFailure } from "../ui/failure_words.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { type AccountDraft, draftOf, isSame, keyOf } from "./account_draft.ts";

interface Props {
  id: string;
  error: unknown;
  /** When the change was sent (ms): what the account is since then is asked for. */
  refusedAt: number;
  mine: AccountDraft;
  onKeepMine: (theirs: AccountSummary) => void;
  onTakeTheirs: (theirs: AccountSummary) => void;
}

/** Somebody else was faster: who and when, the differences, and which of both to keep. */
export function ConflictNote({ id, error, refusedAt, mine, onKeepMine, onTakeTheirs }: Props) {
  const speak = useWords();
  const language = useLanguage();
  const [shown, show] = useState(false);
  // Asked anew: what is known of the account is what the refused change began from.
  const { data: theirs } = useQuery(accountSinceQuery(id, refusedAt));
  const what = language === "zh-CN" ? wordFailure(error, language).what : speak(adminWords.stale);
  return (
    <div className="conflict" role="alert">
      <p className="failure-what">{what}</p>
      <div className="form-buttons">
        <button type="button" className="button" aria-expanded={shown} disabled={!theirs} onClick={() => show(!shown)}>
          {speak(shown ? adminWords.stale_hide : adminWords.stale_show)}
        </button>
        <button type="button" className="button" disabled={!theirs} onClick={() => theirs && onKeepMine(theirs)}>
          {speak(adminWords.stale_mine)}
        </button>
        <button type="button" className="button" disabled={!theirs} onClick={() => theirs && onTakeTheirs(theirs)}>
          {speak(adminWords.stale_theirs)}
        </button>
      </div>
      {shown && theirs && <Differences mine={mine} theirs={draftOf(theirs)} />}
    </div>
  );
}

function Differences({ mine, theirs }: { mine: AccountDraft; theirs: AccountDraft }) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  if (isSame(mine, theirs)) return <p>{speak(adminWords.stale_same)}</p>;
  const onlyOf = (draft: AccountDraft, other: AccountDraft) => {
    const known = new Set(other.grants.map(keyOf));
    return draft.grants
      .filter((grant) => !known.has(keyOf(grant)))
      .map((grant) => wordGrant(grant, language, romanise))
      .join(language === "en" ? "; " : "；");
  };
  const signIn = (draft: AccountDraft) => speak(draft.disabled ? adminWords.state_disabled : adminWords.state_active);
  const rows = [
    [speak(adminWords.display_name), mine.display_name, theirs.display_name],
    [speak(adminWords.column_state), signIn(mine), signIn(theirs)],
    [speak(adminWords.grants), onlyOf(mine, theirs), onlyOf(theirs, mine)],
  ].filter(([, my, their]) => my !== their);
  return (
    <table className="differences">
      <TableHead columns={[speak(adminWords.stale_field), speak(adminWords.stale_my), speak(adminWords.stale_their)]} />
      <tbody>
        {rows.map(([name, my, their]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{my || "—"}</td>
            <td>{their || "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

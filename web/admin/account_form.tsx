import { useMutation, useQueryClient } from "@tanstack/react-query";
import Checkbox from "antd/es/checkbox";
import { useEffect, useState } from "react";
import type { AccountSummary } from "../../data/schema/account.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { accountQuery, changeAccount } from "../api/accounts.ts";
import { problemCode } from "../api/client.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useSession } from "../ui/reader.ts";
import { TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";
import { changeOf, draftOf, faultOfDraft, isSame } from "./account_draft.ts";
import type { AreaRequest } from "./area_picker.tsx";
import { ConflictNote } from "./conflict_note.tsx";
import { DraftFault } from "./draft_fault.tsx";
import { GrantRows } from "./grant_rows.tsx";

interface Props {
  account: AccountSummary;
  picking: string | null;
  onPickArea: (request: AreaRequest | null) => void;
  onDirty: (dirty: boolean) => void;
}

/** What can be changed of an account. It is saved against the revision that was seen: who comes later is told. */
export function AccountForm({ account, picking, onPickArea, onDirty }: Props) {
  const speak = useWords();
  const client = useQueryClient();
  const isOwn = useSession().account?.id === account.id;
  // Of those that the provider keeps only the sign-in is ours; the demo city's are not to be changed at all.
  const isKept = isOwn || account.origin !== "local";
  const isFixed = isOwn || account.origin === "demo";
  /** What the form began from; newer knowledge of the server does not touch what is being typed. */
  const [base, setBase] = useState(account);
  const [draft, setDraft] = useState(() => draftOf(account));
  const dirty = !isSame(draft, draftOf(base));
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  // Nothing typed yet: the form follows the server.
  if (!dirty && account.revision > base.revision) {
    setBase(account);
    setDraft(draftOf(account));
  }
  const begin = (from: AccountSummary) => {
    setBase(from);
    setDraft(draftOf(from));
    client.setQueryData(accountQuery(from.id).queryKey, from);
    void client.invalidateQueries({ queryKey: ["accounts"] });
  };
  const saving = useMutation({
    mutationFn: (revision: number) => changeAccount(account.id, revision, changeOf(draft)),
    onSuccess: begin,
  });
  const isStale = problemCode(saving.error) === "account.stale";
  const fault = faultOfDraft(draft);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onPickArea(null);
        saving.mutate(base.revision);
      }}
    >
      <dl className="account-name-fact">
        <dt>{speak(adminWords.name)}</dt>
        <dd>{account.name}</dd>
      </dl>
      <TextField
        label={speak(adminWords.display_name)}
        name="display_name"
        value={draft.display_name}
        onValue={(display_name) => setDraft({ ...draft, display_name })}
        disabled={isKept}
        autoComplete="off"
        required
        maxLength={60}
      />
      <Checkbox
        checked={!draft.disabled}
        disabled={isFixed}
        onChange={(event) => setDraft({ ...draft, disabled: !event.target.checked })}
      >
        {speak(adminWords.may_sign_in)}
      </Checkbox>
      {isOwn && <p className="plain-note">{speak(adminWords.own_account)}</p>}
      {!isOwn && account.origin === "demo" && <p className="plain-note">{speak(adminWords.demo_account)}</p>}
      {!isOwn && account.origin === "identity_provider" && (
        <p className="plain-note">{speak(adminWords.provider_account)}</p>
      )}
      <GrantRows draft={draft} onChange={setDraft} picking={picking} onPickArea={onPickArea} readOnly={isKept} />
      {dirty && <DraftFault fault={fault} />}
      {isStale && !saving.isPending && (
        <ConflictNote
          id={account.id}
          error={saving.error}
          refusedAt={saving.submittedAt}
          mine={draft}
          onKeepMine={(theirs) => saving.mutate(theirs.revision)}
          onTakeTheirs={(theirs) => {
            begin(theirs);
            saving.reset();
          }}
        />
      )}
      {!isStale && !saving.isPending && <FailureNote error={saving.error} />}
      {saving.isSuccess && !dirty && (
        <p className="good-note" role="status">
          ✓ {speak(adminWords.saved)}
        </p>
      )}
      {!isFixed && (
        <div className="form-buttons panel-buttons">
          <button
            type="submit"
            className="button button-primary"
            disabled={!dirty || fault !== null || saving.isPending}
          >
            {speak(adminWords.save)}
          </button>
          <button
            type="button"
            className="button"
            disabled={!dirty}
            onClick={() => {
              setDraft(draftOf(base));
              saving.reset();
            }}
          >
            {speak(adminWords.cancel)}
          </button>
        </div>
      )}
    </form>
  );
}

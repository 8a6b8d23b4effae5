import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AccountName } from "../../data/schema/session.ts";
import { signInWords } from "../../data/vocabulary/access_words.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { makeAccount } from "../api/accounts.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";
import { changeOf, emptyDraft, faultOfDraft, isSame } from "./account_draft.ts";
import type { AccountPanelProps } from "./account_panel_props.ts";
import { DraftFault } from "./draft_fault.tsx";
import { GrantRows } from "./grant_rows.tsx";
import { handOverPassword } from "./just_made.ts";

/** A new account: its name, whose it is, what it may do where. */
export function NewAccountForm({ picking, onPickArea, onDirty, onClose, onCreated }: AccountPanelProps) {
  const speak = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState(emptyDraft);
  const making = useMutation({
    mutationFn: makeAccount,
    onSuccess: (account) => {
      handOverPassword(account);
      void client.invalidateQueries({ queryKey: ["accounts"] });
      onCreated(account.id);
    },
  });
  const dirty = draft.name !== "" || !isSame(draft, emptyDraft());
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  const isName = AccountName.safeParse(draft.name).success;
  const fault = faultOfDraft(draft);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const { display_name, grants } = changeOf(draft);
        making.mutate({ name: draft.name.trim().toLowerCase(), display_name, grants });
      }}
    >
      <TextField
        label={speak(adminWords.name)}
        name="name"
        value={draft.name}
        onValue={(name) => setDraft({ ...draft, name })}
        hint={speak(signInWords.name_hint)}
        wrong={draft.name !== "" && !isName ? speak(signInWords.name_wrong) : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={64}
      />
      <TextField
        label={speak(adminWords.display_name)}
        name="display_name"
        value={draft.display_name}
        onValue={(display_name) => setDraft({ ...draft, display_name })}
        autoComplete="off"
        required
        maxLength={60}
      />
      <GrantRows draft={draft} onChange={setDraft} picking={picking} onPickArea={onPickArea} />
      {draft.name !== "" && fault !== "display_name" && <DraftFault fault={fault} />}
      {!making.isPending && <FailureNote error={making.error} />}
      <div className="form-buttons panel-buttons">
        <button
          type="submit"
          className="button button-primary"
          disabled={!isName || fault !== null || making.isPending}
        >
          {speak(adminWords.create)}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {speak(adminWords.cancel)}
        </button>
      </div>
    </form>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { accountQuery } from "../api/accounts.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { AccountForm } from "./account_form.tsx";
import { AccountSecurity } from "./account_security.tsx";
import type { AccountPanelProps } from "./account_panel_props.ts";
import { FirstPassword } from "./first_password.tsx";
import { forgetPassword, passwordFor } from "./just_made.ts";
import { NewAccountForm } from "./new_account_form.tsx";
import { Panel } from "./panel.tsx";

export function AccountPanel(props: AccountPanelProps) {
  const speak = useWords();
  const { id, warning, onClose } = props;
  if (id === "new") {
    return (
      <Panel title={speak(adminWords.new_account)} about="new" onClose={onClose}>
        <div className="admin-panel-body" data-state="ready">
          {warning}
          <NewAccountForm {...props} />
        </div>
      </Panel>
    );
  }
  return <KnownAccount {...props} />;
}

function KnownAccount({ id, picking, onPickArea, onDirty, onClose, warning }: AccountPanelProps) {
  const speak = useWords();
  const romanise = useRomanise();
  const query = useQuery(accountQuery(id));
  const [made, setMade] = useState(() => passwordFor(id));
  useEffect(forgetPassword, []);
  const title = query.data ? romanise(query.data.display_name, "person") : speak(adminWords.account);
  return (
    <Panel title={title} about={id} onClose={onClose}>
      <QueryPanel
        query={query}
        what={adminWords.account_loading}
        className="admin-panel-body"
        skeleton={<span className="bone bone-row" />}
        missing={
          <div className="missing">
            <p>{speak(adminWords.account_missing)}</p>
            <button type="button" className="button" onClick={onClose}>
              {speak(adminWords.close_panel)}
            </button>
          </div>
        }
      >
        {(account) => (
          <>
            {warning}
            {made && <FirstPassword made={made} onDone={() => setMade(null)} />}
            <AccountForm account={account} picking={picking} onPickArea={onPickArea} onDirty={onDirty} />
            <AccountSecurity account={account} onPassword={setMade} />
          </>
        )}
      </QueryPanel>
    </Panel>
  );
}

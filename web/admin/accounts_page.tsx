import { useState } from "react";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { useKeys } from "../ui/keys.ts";
import { useWords } from "../ui/use_words.ts";
import { AccountList } from "./account_list.tsx";
import { AccountPanel } from "./account_panel.tsx";
import { AdminFrame } from "./admin_frame.tsx";
import { AreaPicker, type AreaRequest } from "./area_picker.tsx";
import { usePageKeys } from "./page_keys.ts";

/** 账号与授权: the accounts, and beside them the one that is looked at; areas are picked where the table stood. */
export default function AccountsPage() {
  const speak = useWords();
  const { read, write } = usePageKeys();
  const chosen = read("account");
  const [request, setRequest] = useState<AreaRequest | null>(null);
  /** Where the reader wants to go, while the form still holds what was not saved. */
  const [leaving, setLeaving] = useState<{ to: string | null } | null>(null);
  const [isDirty, setDirty] = useState(false);

  const go = (to: string | null) => {
    setRequest(null);
    setLeaving(null);
    setDirty(false);
    write({ account: to }, "push");
  };
  const wish = (to: string | null) => {
    if (to === chosen) return;
    if (isDirty) setLeaving({ to });
    else go(to);
  };
  useKeys([
    {
      code: "Escape",
      run: () => {
        if (request) setRequest(null);
        else if (chosen) wish(null);
      },
    },
  ]);

  return (
    <AdminFrame
      path="/admin/accounts"
      main={
        request ? (
          <AreaPicker key={request.key} request={request} onDone={() => setRequest(null)} />
        ) : (
          <AccountList chosen={chosen} onChoose={wish} onNew={() => wish("new")} />
        )
      }
      panel={
        chosen && (
          <AccountPanel
            key={chosen}
            id={chosen}
            picking={request?.key ?? null}
            onPickArea={setRequest}
            onDirty={setDirty}
            onClose={() => wish(null)}
            onCreated={go}
            warning={
              leaving && (
                <div className="warning-note" role="alert">
                  <p>{speak(adminWords.unsaved)}</p>
                  <div className="form-buttons">
                    <button type="button" className="button" onClick={() => go(leaving.to)}>
                      {speak(adminWords.discard)}
                    </button>
                    <button type="button" className="button" onClick={() => setLeaving(null)}>
                      {speak(adminWords.keep_editing)}
                    </button>
                  </div>
                </div>
              )
            }
          />
        )
      }
    />
  );
}

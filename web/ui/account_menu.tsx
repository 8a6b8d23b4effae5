import { useQueryClient } from "@tanstack/react-query";
import Dropdown from "antd/es/dropdown";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Session } from "../../data/schema/session.ts";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { signOut } from "../api/session.ts";
import { wordGrants } from "./grant_words.ts";
import { Icon } from "./icons.tsx";
import { useNarrow } from "./media.ts";
import { useSessionIfKnown } from "./reader.ts";
import { signInAddress } from "./sign_in_address.ts";
import { useRomanise } from "./use_romanised.ts";
import { useLanguage, useWords } from "./use_words.ts";
import { openAdminPages } from "./workspaces.ts";
import "./account_menu.css";

/** At the right end of the top bar: who reads and what that reader may open, or the way in. */
export function AccountMenu() {
  const speak = useWords();
  const narrow = useNarrow();
  const session = useSessionIfKnown();
  const [path] = useLocation();
  if (!session || path === "/sign-in") return null;
  if (session.account) return <OwnMenu session={session} account={session.account} />;
  return (
    <a
      className="button account-sign-in"
      href="/sign-in"
      onClick={(event) => {
        event.currentTarget.href = signInAddress();
      }}
    >
      <Icon name="person" size={18} />
      <span className={narrow ? "spoken" : "account-name"}>{speak(readerWords.sign_in)}</span>
    </a>
  );
}

function OwnMenu({ session, account }: { session: Session; account: NonNullable<Session["account"]> }) {
  const speak = useWords();
  const language = useLanguage();
  const narrow = useNarrow();
  const romanise = useRomanise();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [failed, setFailed] = useState(false);
  const leave = () =>
    signOut(client).then(
      () => navigate("/"),
      () => setFailed(true),
    );
  const pages = openAdminPages(session).map(({ path, name }) => ({ key: path, label: speak(name) }));
  const isPerson = account.kind === "person";
  return (
    <Dropdown
      trigger={["click"]}
      autoFocus
      placement="bottomRight"
      classNames={{ root: "account-dropdown" }}
      menu={{
        onClick: ({ key }) => (key === "leave" ? void leave() : navigate(key)),
        items: [
          {
            type: "group",
            key: "who",
            label: (
              <span className="account-who">
                <strong>{account.display_name}</strong>
                <span>{wordGrants(account.grants, language, romanise)}</span>
              </span>
            ),
          },
          { type: "divider" },
          ...(isPerson ? [{ key: "/account", label: speak(readerWords.my_account) }] : []),
          ...pages,
          ...(isPerson || pages.length > 0 ? [{ type: "divider" as const }] : []),
          { key: "leave", label: speak(failed ? readerWords.sign_out_failed : readerWords.sign_out) },
        ],
      }}
    >
      <button type="button" className="account-button" aria-haspopup="menu" title={speak(readerWords.account_menu)}>
        <span className="spoken">{speak(readerWords.account_menu)}</span>
        <span className="account-letter" aria-hidden="true">
          {account.display_name.slice(0, 1)}
        </span>
        <span className={narrow ? "spoken" : "account-name"}>{romanise(account.display_name, "person")}</span>
        <Icon name="chevron_down" size={16} />
      </button>
    </Dropdown>
  );
}

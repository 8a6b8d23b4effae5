import { useInfiniteQuery } from "@tanstack/react-query";
import { grantedRoles } from "../../data/access/roles.ts";
import type { AccountSummary } from "../../data/schema/account.ts";
import { roleNames } from "../../data/vocabulary/access_words.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { accountsQuery } from "../api/accounts.ts";
import { wordGrant } from "../ui/grant_words.ts";
import { Icon } from "../ui/icons.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { SelectField } from "../ui/select_field.tsx";
import { SearchField } from "./filters.tsx";
import { usePageKeys } from "./page_keys.ts";

interface Props {
  chosen: string | null;
  onChoose: (id: string) => void;
  onNew: () => void;
}

/** How many grants a row names before it counts the rest. */
const fewGrants = 2;

export function AccountList({ chosen, onChoose, onNew }: Props) {
  const speak = useWords();
  const { read, write } = usePageKeys();
  const role = grantedRoles.find((known) => known === read("role"));
  const text = read("text") ?? "";
  const query = useInfiniteQuery(accountsQuery({ text: text || undefined, role }));
  return (
    <>
      <div className="filter-row">
        <SearchField label={speak(adminWords.search)} value={text} onValue={(value) => write({ text: value })} />
        <SelectField
          label={speak(adminWords.role)}
          value={role ?? ""}
          bare
          onValue={(value) => write({ role: value })}
          options={[
            ["", speak(adminWords.all_roles)],
            ...grantedRoles
              .filter((known) => known !== "wall")
              .map((known) => [known, speak(roleNames[known])] as const),
          ]}
        />
        <button type="button" className="button button-primary filter-end" onClick={onNew}>
          <Icon name="plus" size={16} />
          {speak(adminWords.new_account)}
        </button>
      </div>
      <QueryPanel
        query={query}
        what={adminWords.accounts_loading}
        className="admin-scroll"
        skeleton={<TableSkeleton />}
        isEmpty={(data) => data.pages.every((page) => page.accounts.length === 0)}
        empty={<p className="admin-empty">{speak(adminWords.accounts_none)}</p>}
      >
        {(data) => (
          <>
            <table className="admin-table">
              <TableHead
                columns={[
                  speak(adminWords.column_name),
                  speak(adminWords.column_grants),
                  { name: speak(adminWords.column_seen), className: "wide-only" },
                  speak(adminWords.column_state),
                ]}
              />
              <tbody>
                {data.pages
                  .flatMap((page) => page.accounts)
                  .map((account) => (
                    <AccountRow
                      key={account.id}
                      account={account}
                      isChosen={account.id === chosen}
                      onChoose={() => onChoose(account.id)}
                    />
                  ))}
              </tbody>
            </table>
            {query.hasNextPage && (
              <button
                type="button"
                className="button table-more"
                disabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {speak(adminWords.more)}
              </button>
            )}
          </>
        )}
      </QueryPanel>
    </>
  );
}

interface RowProps {
  account: AccountSummary;
  isChosen: boolean;
  onChoose: () => void;
}

function AccountRow({ account, isChosen, onChoose }: RowProps) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  const shown = account.grants.slice(0, fewGrants).map((grant) => wordGrant(grant, language, romanise));
  const rest = account.grants.length - shown.length;
  return (
    <tr aria-selected={isChosen}>
      <td>
        <button type="button" className="row-button" onClick={onChoose}>
          {romanise(account.display_name, "person")}
        </button>
        <span className="cell-more">{account.name}</span>
      </td>
      <td>
        {shown.length === 0 && <span className="note">{speak(adminWords.grants_none)}</span>}
        {shown.map((words) => (
          <span key={words} className="cell-line">
            {words}
          </span>
        ))}
        {rest > 0 && (
          <span className="cell-more">{speak(adminWords.grants_more, { count: account.grants.length })}</span>
        )}
      </td>
      <td className="tabular wide-only">
        {account.last_sign_in_at ? formatMoment(account.last_sign_in_at).slice(0, 16) : speak(adminWords.never)}
      </td>
      <td>
        <AccountState account={account} />
      </td>
    </tr>
  );
}

/** What is special about an account; in words and with a sign, never by colour alone. */
function AccountState({ account }: { account: AccountSummary }) {
  const speak = useWords();
  const isLocked = account.locked_until !== null && new Date(account.locked_until) > new Date();
  if (account.disabled) return <span className="state state-off">× {speak(adminWords.state_disabled)}</span>;
  if (isLocked) return <span className="state state-warning">▲ {speak(adminWords.state_locked)}</span>;
  if (account.grants.some(({ retired }) => retired)) {
    return <span className="state state-warning">▲ {speak(adminWords.state_retired)}</span>;
  }
  return <span className="state state-good">✓ {speak(adminWords.state_active)}</span>;
}

export function TableSkeleton() {
  return (
    <div className="table-skeleton">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <span key={row} className="bone" style={{ width: `${88 - row * 6}%` }} />
      ))}
    </div>
  );
}

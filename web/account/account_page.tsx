import type { Session } from "../../data/schema/session.ts";
import { accountOriginNames, accountWords, readerWords, roleNames } from "../../data/vocabulary/access_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { OfflineBar } from "../ui/offline_bar.tsx";
import { usePageTitle } from "../ui/page_title.ts";
import { NoPermissionPage } from "../ui/no_permission.tsx";
import { PlaceName } from "../ui/place_name.tsx";
import { LanguageSwitch, ThemeSwitch } from "../ui/preference_switches.tsx";
import { useSession } from "../ui/reader.ts";
import { SessionBar } from "../ui/session_bar.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { OwnSessions } from "./own_sessions.tsx";
import { PasswordForm } from "./password_form.tsx";
import { SecondFactor } from "./second_factor.tsx";
import "../ui/forms.css";
import "./account.css";

type Account = NonNullable<Session["account"]>;

/** 我的账号: what one is and may do, the own password, the second factor, where one is signed in. */
export default function AccountPage() {
  usePageTitle(accountWords.title);
  const speak = useWords();
  const session = useSession();
  const account = session.account;
  // A wall screen has no password and nothing to look after.
  if (account?.kind !== "person") return <NoPermissionPage />;
  const { pending } = session;
  return (
    <div className="frame">
      <TopBar here={null}>
        <p className="top-bar-title">{speak(accountWords.title)}</p>
        <span className="top-bar-gap" />
        <ThemeSwitch />
        <LanguageSwitch />
      </TopBar>
      <OfflineBar />
      <SessionBar />
      <main className="account-page" data-state="ready">
        <h1 className="account-title">{speak(accountWords.title)}</h1>
        {pending === "change_password" && (
          <p className="warning-note" role="status">
            {speak(accountWords.must_change)}
          </p>
        )}
        {pending === "enrol_second_factor" && (
          <p className="warning-note" role="status">
            {speak(accountWords.must_enrol)}
          </p>
        )}
        {/* What must be done first stands first. */}
        {pending === "change_password" && <PasswordForm account={account} />}
        {pending === "enrol_second_factor" && <SecondFactor account={account} />}
        <Facts session={session} account={account} />
        <Grants account={account} />
        {pending !== "change_password" && <PasswordForm account={account} />}
        {pending === null && <SecondFactor account={account} />}
        {pending === null && <OwnSessions />}
      </main>
    </div>
  );
}

function Facts({ session, account }: { session: Session; account: Account }) {
  const speak = useWords();
  const facts = [
    [accountWords.display_name, account.display_name],
    [accountWords.name, account.name],
    [accountWords.origin, speak(accountOriginNames[account.local ? "local" : "identity_provider"])],
    [accountWords.signed_in_at, formatMoment(account.signed_in_at)],
    [accountWords.ends_at, session.ends_at ? formatMoment(session.ends_at) : ""],
  ] as const;
  return (
    <section className="account-section">
      <h2>{speak(accountWords.facts)}</h2>
      <dl className="account-facts">
        {facts.map(
          ([name, value]) =>
            value !== "" && (
              <div key={name[1]}>
                <dt>{speak(name)}</dt>
                <dd className="tabular">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

function Grants({ account }: { account: Account }) {
  const speak = useWords();
  const romanise = useRomanise();
  const roles = [...new Set(account.grants.map(({ role }) => role))];
  return (
    <section className="account-section">
      <h2>{speak(accountWords.grants)}</h2>
      {account.grants.length === 0 ? (
        <p>{speak(accountWords.grants_none)}</p>
      ) : (
        <ul className="account-grants">
          {roles.map((role) => (
            <li key={role}>
              <strong>{speak(roleNames[role])}</strong>
              <ul>
                {account.grants
                  .filter((grant) => grant.role === role)
                  .map(({ area, organisation }) => (
                    <li key={`${area?.id} ${organisation?.id}`} className="account-place">
                      {area ? <PlaceName text={area.name} /> : speak(readerWords.everywhere)}
                      {area && <span className="note"> {speak(accountWords.below)}</span>}
                      {organisation && (
                        <span className="note">
                          {" · "}
                          {speak(accountWords.only_organisation, { name: romanise(organisation.name) })}
                        </span>
                      )}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

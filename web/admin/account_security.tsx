import { useMutation, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { useState } from "react";
import type { AccountSummary, AccountWithPassword } from "../../data/schema/account.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { accountQuery, releaseAccount, resetPassword } from "../api/accounts.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";

interface Props {
  account: AccountSummary;
  onPassword: (made: AccountWithPassword) => void;
}

/** What helps somebody who cannot get in: a lock, a lost second factor, a forgotten password. */
export function AccountSecurity({ account, onPassword }: Props) {
  const speak = useWords();
  const client = useQueryClient();
  const isOwn = useSession().account?.id === account.id;
  const [asks, ask] = useState(false);
  const take = (changed: AccountSummary) => {
    client.setQueryData(accountQuery(account.id).queryKey, changed);
    void client.invalidateQueries({ queryKey: ["accounts"] });
  };
  const releasing = useMutation({
    mutationFn: (secondFactor: boolean) => releaseAccount(account.id, secondFactor),
    onSuccess: take,
  });
  const resetting = useMutation({
    mutationFn: () => resetPassword(account.id),
    gcTime: 0,
    onSuccess: ({ password, ...changed }) => {
      ask(false);
      onPassword({ ...changed, password });
      take(changed);
    },
  });
  const lockedUntil = account.locked_until && new Date(account.locked_until) > new Date() ? account.locked_until : null;
  return (
    <section className="security">
      <h3>{speak(adminWords.security)}</h3>
      {lockedUntil && (
        <div className="security-row">
          <span className="state state-warning">
            ▲ {speak(adminWords.locked_until, { time: formatMoment(lockedUntil).slice(0, 16) })}
          </span>
          <button
            type="button"
            className="button"
            disabled={releasing.isPending}
            onClick={() => releasing.mutate(false)}
          >
            {speak(adminWords.release)}
          </button>
        </div>
      )}
      <div className="security-row">
        <span>{speak(account.second_factor ? adminWords.factor_on : adminWords.factor_off)}</span>
        {account.second_factor && !isOwn && (
          <button
            type="button"
            className="button"
            disabled={releasing.isPending}
            onClick={() => releasing.mutate(true)}
          >
            {speak(adminWords.factor_reset)}
          </button>
        )}
      </div>
      {account.origin === "local" && !isOwn && (
        <div className="security-row">
          <span>{speak(adminWords.first_password)}</span>
          <button type="button" className="button" onClick={() => ask(true)}>
            {speak(adminWords.reset_password)}
          </button>
        </div>
      )}
      {!releasing.isPending && <FailureNote error={releasing.error} />}
      {releasing.isSuccess && (
        <p className="good-note" role="status">
          ✓ {speak(releasing.variables ? adminWords.factor_reset_done : adminWords.released)}
        </p>
      )}
      <Modal
        open={asks}
        title={speak(adminWords.reset_password)}
        okText={speak(adminWords.reset_password)}
        okButtonProps={{ danger: true, loading: resetting.isPending }}
        cancelText={speak(adminWords.cancel)}
        onOk={() => resetting.mutate()}
        onCancel={() => ask(false)}
        width={420}
      >
        <p>{speak(adminWords.reset_password_why)}</p>
        <FailureNote error={resetting.error} />
      </Modal>
    </section>
  );
}

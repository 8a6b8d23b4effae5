import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { useState } from "react";
import { useLocation } from "wouter";
import { accountWords } from "../../data/vocabulary/access_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { ownSessionsQuery, signOutEverywhere } from "../api/session.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useWords } from "../ui/use_words.ts";
import { describeAgent } from "./describe_agent.ts";

/** 登录位置: every session of the account, and the button that ends them all. */
export function OwnSessions() {
  const speak = useWords();
  const query = useQuery(ownSessionsQuery());
  return (
    <section className="account-section">
      <h2>{speak(accountWords.sessions)}</h2>
      <QueryPanel query={query} what={accountWords.sessions} skeleton={<span className="bone bone-row" />}>
        {({ sessions }) => (
          <ul className="own-sessions">
            {sessions.map((session) => (
              <li key={session.id}>
                <span>
                  <strong>{describeAgent(session.agent)}</strong> <span className="tabular">{session.address}</span>
                  {session.current && <span className="tag">{speak(accountWords.session_here)}</span>}
                </span>
                <span className="note tabular">
                  {speak(accountWords.session_seen, {
                    since: formatMoment(session.signed_in_at),
                    seen: formatMoment(session.seen_at),
                  })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </QueryPanel>
      <EndAll />
    </section>
  );
}

function EndAll() {
  const speak = useWords();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [asks, ask] = useState(false);
  const ending = useMutation({
    mutationFn: () => signOutEverywhere(client),
    onSuccess: () => navigate("/"),
  });
  return (
    <div className="form-buttons">
      <button type="button" className="button button-danger" onClick={() => ask(true)}>
        {speak(accountWords.sessions_end)}
      </button>
      <Modal
        open={asks}
        title={speak(accountWords.sessions_end)}
        okText={speak(accountWords.sessions_end)}
        okButtonProps={{ danger: true, loading: ending.isPending }}
        cancelText={speak(accountWords.cancel)}
        onOk={() => ending.mutate()}
        onCancel={() => ask(false)}
        width={420}
      >
        <p>{speak(accountWords.sessions_end_why)}</p>
        <FailureNote error={ending.error} />
      </Modal>
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CheckSummary } from "../../data/schema/check.ts";
import { certificateWords } from "../../data/vocabulary/check_words.ts";
import { certificateAddress, certificateQuery, type Judged } from "../api/checks.ts";
import { Icon } from "../ui/icons.tsx";
import { NoPermissionPage } from "../ui/no_permission.tsx";
import { NoSuchPage } from "../ui/no_such_page.tsx";
import { usePageTitle } from "../ui/page_title.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import { CertificateSheet } from "./certificate_sheet.tsx";
import "./certificate.css";

interface Asked {
  judged: Judged;
  when: { edition?: number | undefined; on?: string | undefined };
}

/** 检查证书: what was judged and how it came out, as a sheet to be printed, signed and filed. */
export default function CertificatePage() {
  usePageTitle(certificateWords.loading);
  const { actions } = useSession();
  // The address is read once: nothing on this page changes it.
  const [asked] = useState(() => readAsked(location.search));
  if (!actions.includes("check_division")) return <NoPermissionPage />;
  return asked ? <Certificate {...asked} /> : <NoSuchPage />;
}

/** `area=network:code` or `network=code`, and `edition` or `on`. */
function readAsked(search: string): Asked | null {
  const values = new URLSearchParams(search);
  const area = values.get("area") ?? "";
  const colon = area.indexOf(":");
  const network = colon > 0 ? area.slice(0, colon) : values.get("network");
  if (!network) return null;
  const edition = Number(values.get("edition") ?? Number.NaN);
  return {
    judged: { network, area: colon > 0 ? area.slice(colon + 1) : null },
    when: { edition: Number.isInteger(edition) ? edition : undefined, on: values.get("on") ?? undefined },
  };
}

function Certificate({ judged, when }: Asked) {
  const query = useQuery(certificateQuery(judged, when));
  return (
    <div className="certificate-frame">
      <TopBar here={null}>
        <CertificateTitle />
        <span className="top-bar-gap" />
        {query.data && <Acts judged={judged} when={when} summary={query.data} />}
      </TopBar>
      <main className="certificate-desk">
        <QueryPanel
          query={query}
          what={certificateWords.loading}
          className="certificate-panel"
          skeleton={<div className="certificate certificate-waiting" />}
        >
          {(summary) => <CertificateSheet summary={summary} />}
        </QueryPanel>
      </main>
    </div>
  );
}

function CertificateTitle() {
  const speak = useWords();
  return <h1 className="top-bar-title">{speak(certificateWords.loading)}</h1>;
}

function Acts({ judged, when, summary }: Asked & { summary: CheckSummary }) {
  const speak = useWords();
  const values = new URLSearchParams({ network: judged.network, panel: "check", scope: judged.area ?? "whole" });
  const file = `${summary.network}-${summary.area?.code ?? "all"}-${summary.edition.number}.json`;
  return (
    <div className="certificate-acts">
      <a className="button" href={`/?${values}`}>
        {speak(certificateWords.back)}
      </a>
      <a className="button" href={certificateAddress(judged, when)} download={file}>
        <Icon name="download" size={16} />
        {speak(certificateWords.json)}
      </a>
      <button type="button" className="button button-primary" onClick={() => print()}>
        {speak(certificateWords.print)}
      </button>
    </div>
  );
}

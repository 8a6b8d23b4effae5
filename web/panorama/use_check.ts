import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Network } from "../../data/schema/network.ts";
import { checkQuery, type Judged } from "../api/checks.ts";
import { useSession } from "../ui/reader.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { mayCheck, scopeOf } from "./check_scope.ts";
import { useEditionChoice, useNetwork } from "./use_network.ts";
import type { Voice } from "../ui/word_issue.ts";

/** What the open panel is about: the area that the address names, else the reader's own. */
export function useJudged(network: string): Judged {
  const { account } = useSession();
  const scope = useView((view) => view.scope);
  const area = scopeOf({ scope }, account, network);
  return useMemo(() => ({ network, area }), [network, area]);
}

/** The report of what is judged. Map and panel ask the same question and share one answer. */
export function useCheck(network: Network) {
  const judged = useJudged(network.code);
  const when = useEditionChoice(network.code);
  const session = useSession();
  const options = checkQuery(judged, when);
  return { judged, when, options, query: useQuery({ ...options, enabled: mayCheck(session) }) };
}

/** Words and names in the language of the view. */
export function useVoice(): Voice {
  const speak = useWords();
  const language = useLanguage();
  const name = useRomanise();
  const network = useNetwork();
  const { area: scope } = useJudged(network?.code ?? "");
  return useMemo(
    () => ({ speak, language, scope, name: (text: string) => name(text) }),
    [speak, language, scope, name],
  );
}

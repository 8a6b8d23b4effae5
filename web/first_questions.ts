import { makeQueryClient, networksQuery } from "./api/queries.ts";
import { sessionQuery } from "./api/session.ts";

/** The page's one memory of answers. */
export const queryClient = makeQueryClient();

/**
 * Who reads, and for the map which networks there are: everything waits for both, so they are asked for before the rest
 * of the script has run. Who may not read the map is not asked about it: the answer would be a refusal.
 */
async function askFirst(): Promise<void> {
  await queryClient.prefetchQuery(sessionQuery());
  const session = queryClient.getQueryData(sessionQuery().queryKey);
  if (!session || session.pending || !(session.account || session.public_access)) return;
  if (location.pathname === "/") await queryClient.prefetchQuery(networksQuery());
}
void askFirst();

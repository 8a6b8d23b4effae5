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
  const isPlan = location.pathname.startsWith("/planner/");
  if (isPlan || location.pathname === "/") await queryClient.prefetchQuery(networksQuery());
}
void askFirst();
// The planner's own code comes while it is still being asked who reads.
if (location.pathname.startsWith("/planner")) void import("./planner/planner_pages.tsx");

import { accessEndpoints } from "./access_endpoints.ts";
import { accountEndpoints } from "./account_endpoints.ts";
import { checkEndpoints } from "./check_endpoints.ts";
import { editionEndpoints } from "./edition_endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { mapEndpoints } from "./map_endpoints.ts";
import { operationEndpoints } from "./operation_endpoints.ts";
import { planEndpoints } from "./plan_endpoints.ts";

/**
 * Every address but those of the pages. The OpenAPI page is made from this list, a test asks each of them, and what is
 * not in it is not served.
 */
export const endpoints: readonly Endpoint[] = [
  ...mapEndpoints,
  ...checkEndpoints,
  ...planEndpoints,
  ...editionEndpoints,
  ...accessEndpoints,
  ...accountEndpoints,
  ...operationEndpoints,
];

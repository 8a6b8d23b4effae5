import { type AddressInfo, createServer, type Server } from "node:net";
import { createServer as createHttpServer } from "node:http";
import { Provider } from "oidc-provider";
import { onTestFinished } from "vitest";
import type { IdentityProviderSetting } from "../../server/config.ts";

export interface IdentityServer {
  /** What our server is told of it. */
  setting: IdentityProviderSetting;
  /** Claims by the name that somebody signs in with; nobody without an entry gets in. */
  people: Map<string, Record<string, unknown>>;
  stop: () => void;
}

/** A real OpenID Connect provider on this machine, for one client that comes from `origin`. */
export async function identityServer(
  origin: string,
  grants: IdentityProviderSetting["grants"],
): Promise<IdentityServer> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const people: IdentityServer["people"] = new Map();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "grid-atlas",
        client_secret: "a secret between the two",
        redirect_uris: [`${origin}/api/session/identity/callback`],
      },
    ],
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ["for the test"] },
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "roles", "realm_access"] },
    findAccount: async (_context, id) => {
      const claims = people.get(id);
      return claims && { accountId: id, claims: async () => ({ sub: id, ...claims }) };
    },
    // the consent page would add nothing here
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  const server = createHttpServer(provider.callback());
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(stop);
  const setting: IdentityProviderSetting = {
    issuer,
    client_id: "grid-atlas",
    client_secret: "a secret between the two",
    name: "统一身份",
    scopes: "openid profile",
    grants,
  };
  return { setting, people, stop };
}

function freePort(): Promise<number> {
  const server: Server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

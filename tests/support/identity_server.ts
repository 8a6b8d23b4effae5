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

/** A browser that goes where it is sent: cookies by origin, redirects one at a time. */
export class Wanderer {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** One request; does not follow where it points. */
  async go(url: string | URL, form?: Record<string, string>): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const answer = await fetch(url, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Follows until the address matches, which is not asked for any more. */
  async follow(from: string | URL, until: RegExp): Promise<URL> {
    let url = new URL(from);
    for (let steps = 0; steps < 12; steps++) {
      if (until.test(url.href)) return url;
      const answer = await this.go(url);
      const to = answer.headers.get("Location");
      if (!to) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
      url = new URL(to, url);
    }
    throw new Error(`no end of redirects at ${url}`);
  }

  /** Signs in at the provider. @returns the address that it sends back to, with its answer */
  async signInAt(url: URL, person: string): Promise<URL> {
    const page = await this.follow(url, /\/interaction\//);
    await this.go(page);
    const answer = await this.go(page, { prompt: "login", login: person, password: "any" });
    return this.follow(new URL(answer.headers.get("Location")!, page), /\/callback\?/);
  }

  cookie(origin: string, name: string): string | undefined {
    return this.#cookies.get(origin)?.get(name);
  }

  setCookie(origin: string, name: string, value: string): void {
    this.#cookies.get(origin)?.set(name, value);
  }
}

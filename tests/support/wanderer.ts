/** A browser that goes where it is sent: cookies by origin, redirects one at a time. */
export class Wanderer {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** One request; does not follow where it points. */
  go(url: string | URL, form?: Record<string, string>): Promise<Response> {
    return this.#ask(url, form ? { method: "POST", body: new URLSearchParams(form) } : {});
  }

  /** One request of a script of the page. */
  send(method: string, url: string | URL, body?: object): Promise<Response> {
    const json = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    return this.#ask(url, { method, ...json });
  }

  async #ask(url: string | URL, options: { method?: string; body?: BodyInit; headers?: Record<string, string> }) {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const answer = await fetch(url, {
      ...options,
      redirect: "manual",
      headers: { ...options.headers, Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
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

import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface DatabaseGate {
  /** The database's address, through the gate. */
  url: string;
  /** Breaks every connection and refuses new ones. */
  shut: () => void;
  open: () => Promise<void>;
}

/**
 * A gate before a PostgreSQL server: lets a test take the database away and give it back without touching it.
 * @param databaseUrl - over TCP, or with the folder of a Unix socket as `?host=`
 */
export async function databaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const behind = new URL(databaseUrl);
  const folder = behind.searchParams.get("host");
  const port = behind.searchParams.get("port") ?? (behind.port || "5432");
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = folder ? connect(`${folder}/.s.PGSQL.${port}`) : connect(Number(port), behind.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on("error", () => undefined)
        .on("close", () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
    }
    near.pipe(far).pipe(near);
  });
  const bind = (at: number) => new Promise<void>((done) => server.listen(at, "127.0.0.1", done));
  await bind(0);
  const own = (server.address() as AddressInfo).port;
  const shut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(shut);
  const user = behind.username || behind.searchParams.get("user") || "";
  const url = `postgres://${user}${behind.password && `:${behind.password}`}@127.0.0.1:${own}${behind.pathname}`;
  return { url, shut, open: () => bind(own) };
}

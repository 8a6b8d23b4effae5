import { createServer, type Socket, connect } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface TcpGate {
  port: number;
  /** Breaks every connection and refuses new ones. */
  shut: () => void;
  open: () => Promise<void>;
}

/** A gate before a TCP service: lets a test take a database away and give it back without touching it. */
export async function tcpGate(host: string, port: number): Promise<TcpGate> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
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
  return { port: own, shut, open: () => bind(own) };
}

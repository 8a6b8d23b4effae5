import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A PostgreSQL cluster of our own, reachable only through a socket in its folder, thrown away afterwards. */
export interface LocalPostgres {
  /** Address of one of its databases. */
  url: (database: string) => string;
  stop: () => Promise<void>;
}

/** The folder with `initdb` and `postgres` of the newest local PostgreSQL (≥ 14) that has PostGIS, or null. */
export function findPostgresBinaries(): string | null {
  const packaged = "/usr/lib/postgresql";
  const candidates = existsSync(packaged)
    ? readdirSync(packaged)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(packaged, version, "bin"))
    : [];
  const configured = output("pg_config", ["--bindir"]);
  if (configured) candidates.push(configured);
  return candidates.find((folder) => existsSync(join(folder, "initdb")) && hasPostgis(folder)) ?? null;
}

function hasPostgis(folder: string): boolean {
  const version = Number(/\d+/.exec(output(join(folder, "postgres"), ["--version"]) ?? "")?.[0]);
  const shared = output(join(folder, "pg_config"), ["--sharedir"]) ?? `/usr/share/postgresql/${version}`;
  return version >= 14 && existsSync(join(shared, "extension", "postgis.control"));
}

function output(command: string, args: string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}

/** Makes and starts a cluster below `folder`, which must be short: socket paths end at 107 characters. */
export async function startLocalPostgres(binaries: string, folder: string): Promise<LocalPostgres> {
  const account = unprivilegedAccount();
  const home = join(folder, "postgres");
  mkdirSync(home, { recursive: true });
  if (account) chownSync(home, account.uid, account.gid);
  const data = join(home, "data");
  await run(
    join(binaries, "initdb"),
    ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
    {
      ...account,
      cwd: home,
    },
  );
  // Speed before safety: the cluster lives for one run.
  const settings = {
    listen_addresses: "",
    unix_socket_directories: home,
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "60",
    shared_buffers: "128MB",
  };
  const args = ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const server = spawn(join(binaries, "postgres"), args, {
    ...account,
    cwd: home,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stopNow = () => void server.kill("SIGQUIT");
  process.once("exit", stopNow);
  await waitUntilReady(server);
  return {
    url: (database) => `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(home)}`,
    stop: async () => {
      process.off("exit", stopNow);
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
    },
  };
}

/** PostgreSQL refuses to run as root: then its own account, else nobody. */
function unprivilegedAccount(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const uid = output("id", ["-u", name]);
    const gid = output("id", ["-g", name]);
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("There is no unprivileged account to run PostgreSQL as");
}

function run(command: string, args: string[], options: { uid?: number; gid?: number; cwd: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (piece: Buffer) => {
      complaint += piece.toString();
    });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${command}: ${complaint}`))));
  });
}

function waitUntilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr!.on("data", (piece: Buffer) => {
      if (log.length < 100_000) log += piece.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}

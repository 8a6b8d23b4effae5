import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { StartupError } from "./db.ts";

/** Who holds a data folder; kept as JSON in the lock file. */
export interface LockHolder {
  pid: number;
  /** When the process began, as its system counts it: a pid alone may have been given out again. */
  process_start: string;
  /** Machine, boot and process namespace: only there can the pid be asked for. */
  machine: string;
  /** ISO time, for people. */
  since: string;
}

export interface DataLock {
  release(): void;
}

const heartbeat = 5_000; // ms between signs of life for readers on other machines
const silence = 30_000; // ms without a sign of life after which a holder elsewhere is taken for dead

/**
 * Takes the lock file or says who has it. A lock left behind by a process that is gone is taken over.
 * Between machines that share a folder (containers) the file's time is the sign of life.
 * @throws StartupError `locked`, naming the pid
 */
export async function takeDataLock(file: string): Promise<DataLock> {
  const me: LockHolder = {
    pid: process.pid,
    process_start: (await readProcessStart(process.pid)) ?? "",
    machine: await describeMachine(),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 5; attempt++) {
    if (writeNew(file, JSON.stringify(me))) return keepLock(file, me);
    const held = readHolder(file);
    if (held === "gone") continue;
    if (held !== "unreadable" && (await isAlive(held, file, me.machine))) throw locked(file, held);
    if (held === "unreadable" && !isSilent(file)) throw locked(file, null);
    setAside(file, held);
  }
  throw locked(file, null);
}

function writeNew(file: string, text: string): boolean {
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, text);
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function keepLock(file: string, me: LockHolder): DataLock {
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      clearInterval(beat); // the folder was removed under us; nothing left to guard
    }
  }, heartbeat);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      const held = readHolder(file);
      if (typeof held === "object" && held.pid === me.pid && held.since === me.since) rmSync(file, { force: true });
    },
  };
}

function readHolder(file: string): LockHolder | "gone" | "unreadable" {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockHolder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "gone" : "unreadable";
  }
}

async function isAlive(holder: LockHolder, file: string, machine: string): Promise<boolean> {
  if (holder.machine !== machine) return !isSilent(file);
  if (holder.pid === process.pid) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const started = await readProcessStart(holder.pid);
  return started === null || holder.process_start === "" || started === holder.process_start;
}

function isSilent(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > silence;
  } catch {
    return true;
  }
}

/**
 * Moves a dead lock away, so that of two processes that find it only one goes on: renaming takes whatever
 * is there now, so what was taken is looked at again and, if it is somebody's fresh lock, given back.
 */
function setAside(file: string, dead: LockHolder | "unreadable"): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else was quicker
  }
  const taken = readHolder(aside);
  const isSame =
    dead === "unreadable" ? taken === "unreadable" : typeof taken === "object" && taken.since === dead.since;
  if (isSame) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

/** Start time of a process in ticks since boot (Linux); null where the system does not tell. */
async function readProcessStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // the name in parentheses may hold blanks; start time is the 20th field after it
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

async function describeMachine(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
  return [hostname(), boot.trim(), namespace].join(" ");
}

function locked(file: string, holder: LockHolder | null): StartupError {
  const who = holder ? `${holder.pid}` : "?";
  const since = holder ? holder.since : "?";
  return new StartupError("locked", {
    zh: `数据目录正被进程 ${who} 使用（自 ${since}）。请先停止该进程，或用 DATA_DIR 指定另一个目录；锁文件：${file}。`,
    en: `The data folder is in use by process ${who} (since ${since}). Stop it first, or name another folder in DATA_DIR; lock file: ${file}.`,
  });
}

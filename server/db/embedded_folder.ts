import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readdirSync } from "node:fs";
import { StartupError } from "./db.ts";

/** Where the embedded database lies below `DATA_DIR`. */
export interface EmbeddedFolder {
  /** PostgreSQL's own files. */
  cluster: string;
  lock_file: string;
  /** There while the first start has not come to its end: such a cluster holds nothing of anyone's. */
  unfinished_marker: string;
  /**
   * Looks before anything is written, under the lock.
   * @returns true where the cluster is to be made anew
   * @throws StartupError `damaged`
   */
  inspect(): Promise<boolean>;
}

const engineVersion = "18"; // PostgreSQL of @electric-sql/pglite 0.5

/** Makes the folder if there is none. @throws StartupError `not_writable` */
export async function prepareFolder(data_dir: string, say: (sentence: string) => void): Promise<EmbeddedFolder> {
  const base = resolve(data_dir);
  try {
    mkdirSync(base, { recursive: true });
    accessSync(base, constants.W_OK);
  } catch (error) {
    throw new StartupError(
      "not_writable",
      {
        zh: `数据目录 ${base} 无法写入。请修改其权限，或用 DATA_DIR 指定另一个目录。`,
        en: `The data folder ${base} cannot be written. Change its permissions, or name another in DATA_DIR.`,
      },
      { cause: error },
    );
  }
  const folder: EmbeddedFolder = {
    cluster: join(base, "database"),
    lock_file: join(base, "database.lock"),
    unfinished_marker: join(base, "database.unfinished"),
    inspect: async () => inspect(folder, say),
  };
  return folder;
}

function inspect(folder: EmbeddedFolder, say: (sentence: string) => void): boolean {
  const { cluster, unfinished_marker } = folder;
  if (existsSync(unfinished_marker) && existsSync(cluster)) {
    // Renamed rather than removed: whatever it is, somebody may want to look at it.
    const aside = `${cluster}.unfinished-${Date.now()}`;
    renameSync(cluster, aside);
    say(
      `上次首次启动被中断，未完成的目录已移到 ${aside},现在重新创建。 A first start was interrupted; its folder was moved to ${aside}.`,
    );
  }
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) {
    if (existsSync(cluster)) rmSync(cluster, { recursive: true });
    writeFileSync(unfinished_marker, "");
    return true;
  }
  for (const part of ["PG_VERSION", "global/pg_control", "base", "pg_wal"]) {
    if (!existsSync(join(cluster, part))) throw damaged(cluster, new Error(`${part} is missing`));
  }
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== engineVersion) throw damaged(cluster, new Error(`PostgreSQL ${version} instead of ${engineVersion}`));
  return false;
}

/** The sentence for a data folder that cannot be opened. Nothing in it has been changed. */
export function damaged(cluster: string, cause: unknown): StartupError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartupError(
    "damaged",
    {
      zh: `内置数据库目录 ${cluster} 已损坏或不是本程序的数据（${reason}）。请从备份恢复该目录，或把它移走后重新启动（将新建空库）；没有改动任何文件。`,
      en: `The embedded database in ${cluster} is damaged or not ours (${reason}). Restore the folder from a backup, or move it away and start again (a new one is made); nothing was overwritten.`,
    },
    { cause },
  );
}

import { highestTier } from "../../data/access/decide.ts";
import { clearedLayers } from "../../data/access/policy.ts";
import type { AreaSummary } from "../../data/schema/area.ts";
import type { ExportParams } from "../../data/schema/export.ts";
import { failed, type Outcome, type KnownProblem } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { AreaService } from "../areas/service.ts";
import type { AuditEvent, RecordAudit } from "../audit/event.ts";
import { actorOf } from "../audit/service.ts";
import type { Db } from "../db/db.ts";
import type { RegisterService } from "../registers/service.ts";
import { csvWriter } from "./csv.ts";
import type { FileWriter } from "./file_writer.ts";
import { geojsonWriter } from "./geojson.ts";
import { watermarkOf } from "./watermark.ts";

/** A file that may be had; nothing of it was read yet. */
export interface ExportFile {
  filename: string;
  media: string;
  /**
   * Writes it piece by piece, and into the audit what went out. The last piece is held back until that is done, so that
   * no whole file is without its line.
   * @param write - takes a piece when it can; rejects when nobody reads any more
   */
  send: (write: (piece: string) => Promise<void>) => Promise<void>;
}

export interface ExportService {
  open: (asked: ExportParams & { area: string }, reader: Reader) => Promise<Outcome<ExportFile>>;
}

export interface ExportParts {
  db: Pick<Db, "transaction">;
  registers: Pick<RegisterService, "each" | "columns" | "mayExport">;
  areas: Pick<AreaService, "find">;
  recordAudit: RecordAudit;
  /** Largest area of which pipes, components and key units go into one file, km². */
  limit_km2: number;
  now: () => Date;
}

/** Characters that are collected before they are handed on. */
const pieceSize = 65_536;

export function exportService(parts: ExportParts): ExportService {
  const { db, registers, areas, recordAudit, limit_km2, now } = parts;

  const write = (reader: Reader, event: Omit<AuditEvent, "action">): Promise<void> =>
    db.transaction((tx) => recordAudit(tx, actorOf(reader), { action: "export", ...event }));

  async function refusalOf(register: ExportParams["register"], area: AreaSummary, reader: Reader) {
    if (highestTier(register, reader.grants) === 0) return notYours("您的角色看不到该登记册。");
    if (!(await registers.mayExport(area.id, reader))) return notYours(`「${area.name}」不在您的授权范围内。`);
    const km2 = area.area_m2 / 1e6;
    if (!clearedLayers.includes(register) || km2 <= limit_km2) return undefined;
    return failed("export.too_large", {
      detail: `「${area.name}」面积 ${km2.toFixed(2)} km²，超过单次导出上限 ${limit_km2} km²。`,
      fix: "请改选较小的区域（如下级社区或网格）分次导出。",
      pointer: "area",
    });
  }

  return {
    async open({ register, ext, area: key }, reader) {
      const found = await areas.find(key);
      if (!found.ok) return found;
      const area = found.value;
      const target = `register:${register}`;
      const about = { area: `${area.network}:${area.code}`, format: ext };
      const refused = await refusalOf(register, area, reader);
      if (refused) {
        const problem = refused.problem.code;
        await write(reader, { target, after: about, outcome: "refused", problem });
        return refused;
      }
      const watermark = watermarkOf(reader, now());
      const writer =
        ext === "csv" ? csvWriter(registers.columns(register, reader), watermark) : geojsonWriter(register, watermark);
      const audited = (sent: Sent, outcome: "done" | "failed") =>
        write(reader, { target, after: { ...about, ...sent }, outcome });
      return {
        ok: true,
        value: {
          filename: `${register}_${area.code}.${ext}`,
          media: writer.media,
          send: (sink) => sendFile(writer, (take) => registers.each(register, area.id, reader, take), sink, audited),
        },
      };
    },
  };
}

interface Sent {
  rows: number;
  bytes: number;
}

async function sendFile(
  writer: FileWriter,
  each: (take: (records: Parameters<FileWriter["row"]>[0][]) => Promise<void>) => Promise<void>,
  sink: (piece: string) => Promise<void>,
  audited: (sent: Sent, outcome: "done" | "failed") => Promise<void>,
): Promise<void> {
  const sent: Sent = { rows: 0, bytes: 0 };
  let held = writer.head;
  let heldRows = 0;
  const flush = async () => {
    await sink(held);
    sent.bytes += Buffer.byteLength(held);
    sent.rows += heldRows;
    [held, heldRows] = ["", 0];
  };
  try {
    await each(async (records) => {
      for (const record of records) {
        if (held.length > pieceSize) await flush();
        held += (sent.rows + heldRows > 0 ? writer.between : "") + writer.row(record);
        heldRows++;
      }
    });
    held += writer.tail;
  } catch (error) {
    await audited(sent, "failed");
    throw error;
  }
  await audited({ rows: sent.rows + heldRows, bytes: sent.bytes + Buffer.byteLength(held) }, "done");
  await sink(held);
}

function notYours(detail: string): { ok: false; problem: KnownProblem } {
  return failed("access.forbidden", { detail, fix: "请改选授权范围内的内容；如确有需要，请联系安全管理员授权。" });
}

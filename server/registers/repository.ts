import type { Register } from "../../data/schema/record.ts";
import type { Queries } from "../db/db.ts";
import { type RecordRow, statements } from "./statements.ts";

export interface RegisterRepository {
  one: (register: Register, id: string) => Promise<RecordRow | undefined>;
}

export function registerRepository(db: Queries): RegisterRepository {
  return {
    async one(register, id) {
      const rows = await db.query(statements[register](id));
      return rows[0];
    },
  };
}

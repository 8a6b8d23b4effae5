import type { AreaRef } from "../../data/schema/area.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import { type RecordDetail, type Register, registers } from "../../data/schema/record.ts";
import type { AreaService } from "../areas/service.ts";
import type { RegisterRepository } from "./repository.ts";

export interface RegisterService {
  one: (register: string, id: string) => Promise<Outcome<RecordDetail>>;
}

export function registerService(records: RegisterRepository, areas: Pick<AreaService, "at">): RegisterService {
  return {
    async one(register, id) {
      if (!isRegister(register)) {
        return failed("register.unknown", {
          detail: `没有名为 ${register.slice(0, 60)} 的登记册。`,
          fix: "请从列出的登记册中选择。",
          pointer: "register",
          allowed: [...registers],
        });
      }
      const row = /^\d{1,18}$/.test(id) ? await records.one(register, id) : undefined;
      if (!row) {
        return failed("record.unknown", {
          detail: `${register} 中没有编号 ${id.slice(0, 40)}。`,
          fix: "它可能已被删除；请用名称或地址搜索。",
        });
      }
      const { lon, lat, changed_at, ...facts } = row;
      const place = await areas.at({ lon, lat });
      return {
        ok: true,
        value: {
          ...facts,
          register,
          id,
          hidden: [],
          contacts: [],
          at: [lon, lat],
          areas: place.networks.map((network) => network.areas[network.areas.length - 1] satisfies AreaRef),
          updated_at: changed_at.toISOString(),
        },
      };
    },
  };
}

function isRegister(name: string): name is Register {
  return (registers as readonly string[]).includes(name);
}

import { isId } from "../../data/schema/parameters.ts";
import { createHash, randomBytes } from "node:crypto";
import type { DeviceList, DeviceWithToken, NewDevice } from "../../data/schema/account.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { RecordAudit } from "../audit/event.ts";
import { actorOf } from "../audit/service.ts";
import type { Db } from "../db/db.ts";
import { type DeviceRow, findDevice, findDevices, insertDevice, revokeDevice } from "./device_repository.ts";
import { refusePlace } from "./grants.ts";
import { type Place, placesById, placesByKey } from "./places.ts";
import { noSuchArea, unknownDevice } from "./refusals.ts";
import { endSessions, tellAccess } from "../access/access_changes.ts";
import { insertGrants } from "./repository.ts";
import { refOf } from "./summaries.ts";

/** Screens on walls. Each is an account of its own with the role `wall`, known by a token instead of a password. */
export interface DeviceService {
  list: () => Promise<DeviceList>;
  /** The token is the one of the pairing link: shown once, good for one screen. */
  create: (reader: Reader, input: NewDevice) => Promise<Outcome<DeviceWithToken>>;
  /** The screen goes dark at once; a second time changes nothing. */
  revoke: (reader: Reader, id: string) => Promise<Outcome<null>>;
}

export interface DeviceParts {
  db: Db;
  audit: RecordAudit;
  /** Today where the city lies, YYYY-MM-DD. */
  today: () => string;
  /** Called after a change is committed. */
  onChange: () => void;
}

export function deviceService({ db, audit, today, onChange }: DeviceParts): DeviceService {
  async function describe(rows: readonly DeviceRow[]): Promise<DeviceList["devices"]> {
    const places = await placesById(db, [...new Set(rows.flatMap(({ area_ids }) => area_ids))], today());
    return rows.map(({ id, name, area_ids, created_at, paired_at, seen_at, revoked_at }) => ({
      id,
      name,
      areas: area_ids.flatMap((area) => places.get(area) ?? []).map(refOf),
      created_at: created_at.toISOString(),
      paired_at: paired_at?.toISOString() ?? null,
      seen_at: seen_at?.toISOString() ?? null,
      revoked_at: revoked_at?.toISOString() ?? null,
    }));
  }

  async function resolveAreas(keys: readonly string[]): Promise<Outcome<Place[]>> {
    const places = await placesByKey(db, keys, today());
    for (const [index, key] of keys.entries()) {
      const place = places.get(key);
      if (!place) return noSuchArea(key, index);
      const refused = await refusePlace(db, place, { index, day: today() });
      if (refused) return refused;
    }
    return { ok: true, value: [...places.values()] };
  }

  return {
    list: async () => ({ devices: await describe(await findDevices(db)) }),

    async create(reader, { name, areas }) {
      const resolved = await resolveAreas(areas);
      if (!resolved.ok) return resolved;
      const token = randomBytes(32).toString("base64url");
      const id = await db.transaction(async (tx) => {
        const made = await insertDevice(tx, name, createHash("sha256").update(token).digest());
        await insertGrants(
          tx,
          made.account_id,
          resolved.value.map((place) => ({ role: "wall", area_id: place.id, organisation_id: null })),
        );
        await tellAccess(tx, [made.account_id]);
        await audit(tx, actorOf(reader), {
          action: "device_create",
          target: `device:${made.id}`,
          after: { name, areas: resolved.value.map(({ network, code }) => `${network}:${code}`) },
        });
        return made.id;
      });
      onChange();
      const [device] = await describe([(await findDevice(db, id))!]);
      return { ok: true, value: { ...device!, token } };
    },

    async revoke(reader, id) {
      if (!isId(id)) return unknownDevice();
      const known = await db.transaction(async (tx) => {
        const device = await findDevice(tx, id);
        if (!device) return false;
        if (!(await revokeDevice(tx, id))) return true;
        await endSessions(tx, device.account_id);
        await tellAccess(tx, [device.account_id]);
        await audit(tx, actorOf(reader), {
          action: "device_revoke",
          target: `device:${id}`,
          before: { name: device.name, paired: device.paired_at !== null },
        });
        return true;
      });
      if (!known) return unknownDevice();
      onChange();
      return { ok: true, value: null };
    },
  };
}

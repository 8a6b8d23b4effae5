import type { adminRoles } from "../../data/access/roles.ts";
import { failed } from "../../data/schema/problem.ts";
import type { AreaRef } from "../../data/schema/area.ts";

/** How administration of accounts is refused, in words for who administers. */
type Refused = ReturnType<typeof failed>;

export type AdminRole = (typeof adminRoles)[number];

export function unknownAccount(): Refused {
  return failed("account.unknown", { detail: "没有这个账号。", fix: "请刷新列表后重新选择。" });
}

export function unknownDevice(): Refused {
  return failed("device.unknown", { detail: "没有这个大屏。", fix: "请刷新列表后重新选择。" });
}

export function nameTaken(name: string): Refused {
  return failed("account.name_taken", {
    detail: `用户名「${name}」已被使用。`,
    fix: "请换一个用户名；账号停用后用户名仍然保留。",
    pointer: "name",
  });
}

export function ownAccount(): Refused {
  return failed("account.own", {
    detail: "不能修改自己账号的权限、密码或停用状态。",
    fix: "请由另一位安全管理员操作；修改自己的密码请到「我的账号」。",
  });
}

export function keptElsewhere(origin: "identity_provider" | "demo"): Refused {
  return failed(
    "account.origin",
    origin === "demo"
      ? {
          detail: "演示账号随演示城市建立，不能修改。",
          fix: "正式使用时请设置 DEMO=off 并新建账号，演示账号会在启动时删除。",
        }
      : {
          detail: "该账号由统一身份认证维护，这里只能停用或启用。",
          fix: "姓名、授权和密码请在统一身份认证系统中修改；授权对应关系见 IDENTITY_PROVIDER 设置。",
        },
  );
}

export function lastAdministrator(): Refused {
  return failed("account.last_admin", {
    detail: "这是最后一位可用的安全管理员，停用或收回角色后将无人管理账号。",
    fix: "请先为另一个账号授予安全管理员角色。",
  });
}

export function revisionNeeded(): Refused {
  return failed("account.revision_needed", {
    detail: "修改账号须说明所依据的版本（If-Match）。",
    fix: "请先读取该账号，以其 ETag 作为 If-Match 重新提交。",
  });
}

/** @param change - who was faster and when, in words, where it is known */
export function stale(change: { name: string; at: string } | null): Refused {
  return failed("account.stale", {
    detail: change
      ? `您打开之后，「${change.name}」已于 ${change.at} 修改了该账号。`
      : "您打开之后，该账号已被其他管理员修改。",
    fix: "请查看最新内容，确认后再提交您的修改。",
  });
}

export function noSuchArea(key: string, index: number): Refused {
  return failed("grant.place", {
    detail: `没有区域 ${key.slice(0, 80)}。`,
    fix: "请在地图或列表中重新选择区域。",
    pointer: `grants/${index}/area`,
  });
}

export function notYetInForce(key: string, index: number): Refused {
  return failed("grant.place", {
    detail: `区域 ${key.slice(0, 80)} 尚未生效。`,
    fix: "请在其版次生效后授权，或选择现行区域。",
    pointer: `grants/${index}/area`,
  });
}

export function retiredArea(area: AreaRef, successors: readonly AreaRef[], index: number): Refused {
  const names = successors.map(({ name, code }) => `${name}（${code}）`).join("、");
  return failed("grant.retired", {
    detail: `区域 ${area.name}（${area.code}）已撤销。${names ? `其范围现属 ${names}。` : "其范围现在不属于同级区域。"}`,
    fix: successors.length > 0 ? "请改选现行区域。" : "请在地图上选择现行区域。",
    pointer: `grants/${index}/area`,
    allowed: successors.map(({ network, code }) => `${network}:${code}`),
  });
}

export function areaNeeded(index: number): Refused {
  return failed("grant.place", {
    detail: "该角色须限定在一个区域内。",
    fix: "请选择授权区域。",
    pointer: `grants/${index}/area`,
  });
}

export function adminHoldsEverywhere(index: number): Refused {
  return failed("grant.place", {
    detail: "系统、安全、审计管理员的授权不限区域和单位。",
    fix: "请去掉区域和单位。",
    pointer: `grants/${index}/area`,
  });
}

export function noSuchOrganisation(index: number): Refused {
  return failed("grant.place", {
    detail: "没有所选的单位。",
    fix: "请在列表中重新选择单位。",
    pointer: `grants/${index}/organisation_id`,
  });
}

const adminWords: Record<AdminRole, string> = {
  system_admin: "系统管理员",
  security_admin: "安全管理员",
  audit_admin: "审计管理员",
};

export function adminsCombined(roles: readonly AdminRole[]): Refused {
  return failed("grant.combination", {
    detail: `${roles.map((role) => adminWords[role]).join("、")}不能由同一账号担任（三员分立）。`,
    fix: "请只保留其中一个，其余授予其他账号。",
    pointer: "grants",
  });
}

export function wallForScreens(index: number): Refused {
  return failed("grant.combination", {
    detail: "大屏角色只用于大屏，不授予个人账号。",
    fix: "请在「大屏」中新建大屏并选择区域。",
    pointer: `grants/${index}/role`,
  });
}

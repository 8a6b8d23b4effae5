import type { Refusal } from "../../data/division/draft.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanStatus } from "../../data/schema/plan.ts";
import { failed, type KnownProblem, type Problem } from "../../data/schema/problem.ts";
import type { OperationRow } from "./operation_repository.ts";
import { operationWords, refusalWords, statusWords } from "./refusal_words.ts";
import type { PlanRow } from "./repository.ts";

/** How plans are refused, in words for who draws or decides. */
export type Refused = { ok: false; problem: KnownProblem };
export type Place = NonNullable<Problem["places"]>[number];

/** Also for whom it is not: that it exists is theirs not to know. */
export function unknownPlan(): Refused {
  return failed("plan.unknown", {
    detail: "没有这个划分方案。",
    fix: "它可能已被废弃，或不在您的授权范围内；请刷新列表后重新选择。",
  });
}

export function notYours(what: string): Refused {
  return failed("access.forbidden", {
    detail: `${what}不在您的授权范围内。`,
    fix: "请由该区域的规划员或审批员处理，或联系安全管理员授权。",
  });
}

export function revisionNeeded(): Refused {
  return failed("plan.revision_needed", {
    detail: "写入方案须说明所依据的修订号（If-Match）。",
    fix: "请先读取该方案，以其 ETag 作为 If-Match 重新提交。",
  });
}

/** @param since - what came between, oldest first */
export function stale(
  plan: Pick<PlanRow, "revision" | "status" | "changed_by" | "changed_at">,
  since: readonly OperationRow[],
  time: (at: Date) => string,
): Refused {
  const last = since.at(-1);
  const { display_name } = last?.state_by ?? plan.changed_by;
  const at = time(last?.state_at ?? plan.changed_at);
  const what = last ? describeStep(last) : `方案现为「${statusWords[plan.status]}」`;
  const more = since.length > 1 ? `等 ${since.length} 步` : "";
  return failed("plan.stale", {
    detail: `您看到之后，「${display_name}」已于 ${at} 更改了方案：${what}${more}。`,
    fix: "您的这一步没有写入。请查看最新内容，确认后再做一次。",
    revision: plan.revision,
    since: since.map((row) => ({
      revision: row.state_revision,
      by: row.state_by.display_name,
      at: row.state_at.toISOString(),
      what: describeStep(row),
      areas: row.changed,
    })),
  });
}

function describeStep({ operation, state }: OperationRow): string {
  const word = operationWords[operation.op];
  return state === "done" ? word : `撤销了「${word}」`;
}

/** @param nameOf - of the areas that it is about */
export function refusedStep({ reason, at, areas }: Refusal, nameOf: (id: string) => string | undefined): Refused {
  const [detail, fix] = refusalWords[reason];
  const names = areas.flatMap((id) => nameOf(id) ?? []).slice(0, 5);
  return failed("plan.refused", {
    detail: names.length > 0 ? `${names.map((name) => `「${name}」`).join("、")}：${detail}` : detail,
    ...{ fix, reason, areas },
    ...(at && { at }),
  });
}

/** @param wanted - states in which it could be done */
export function wrongStatus(status: PlanStatus, wanted: readonly PlanStatus[]): Refused {
  const states = wanted.map((state) => `「${statusWords[state]}」`).join("或");
  return failed("plan.status", {
    detail: `方案现为「${statusWords[status]}」，此操作只能在${states}时进行。`,
    fix:
      status === "submitted" || status === "approved"
        ? "如需修改，请先撤回，或由审批员退回。"
        : "请刷新方案，查看其状态；需要时新建一个方案。",
    allowed: [...wanted],
  });
}

export function retiredArea(name: string, at: Position | null): Refused {
  return failed("plan.retired", {
    detail: `方案所划分的「${name}」在现行版次中已撤销。`,
    fix: "请废弃该方案，在现行区域上新建。",
    ...(at && { at }),
  });
}

export function unclean(faults: number, warnings: number, places: Place[]): Refused {
  const parts = [faults > 0 ? `${faults} 处问题` : "", warnings > 0 ? `${warnings} 条未说明理由的提醒` : ""];
  return failed("plan.unclean", {
    detail: `方案还有${parts.filter((part) => part !== "").join("和")}，不能提交。`,
    fix: "请改正问题，并为每条提醒说明理由或修改划分。",
    places,
    ...(places[0]?.at && { at: places[0].at }),
  });
}

export function twoPersons(what: string): Refused {
  return failed("plan.two_persons", {
    detail: `您编制或提交过该方案，不能由您${what}。`,
    fix: "请由未参与编制的审批员处理。",
  });
}

export function nothingTo(which: "undo" | "redo"): Refused {
  const word = which === "undo" ? "撤销" : "重做";
  return failed("plan.nothing_to_undo", { detail: `没有可以${word}的步骤。`, fix: "请刷新方案后再看。" });
}

export function keyReused(): Refused {
  return failed("plan.key_reused", {
    detail: "同一个请求编号（Idempotency-Key）已用于另一个操作。",
    fix: "请为每个操作使用新的编号；刷新方案后再做一次。",
  });
}

export function unusableKey(): Refused {
  return failed("request.invalid", {
    detail: "请求编号（Idempotency-Key）应为 1 至 200 个可见字符。",
    fix: "请使用随机编号，例如 UUID。",
    pointer: "Idempotency-Key",
  });
}

export function unknownProfile(): Refused {
  return failed("plan.profile", { detail: "没有所选的标准。", fix: "请在方案给出的标准中重新选择。", pointer: "set" });
}

export function unknownComment(): Refused {
  return failed("plan.comment_unknown", { detail: "没有这条意见。", fix: "请刷新方案后再看。" });
}

export function pastDay(day: string, today: string): Refused {
  return failed("plan.day", {
    detail: `生效日 ${day} 早于今天（${today}）。`,
    fix: "请选择今天或以后的日期，或留空由发布之日起生效。",
    pointer: "from_day",
  });
}

export function nameDiffers(): Refused {
  return failed("plan.name_differs", {
    detail: "输入的名称与方案名称不一致。",
    fix: "请照方案名称逐字输入，以免误发布。",
    pointer: "name",
  });
}

export function networkTaken(code: string): Refused {
  return failed("plan.network", {
    detail: `网络「${code}」已经存在，代码或前缀与新网络相同。`,
    fix: "请换一个代码和前缀，或在已有网络上新建方案。",
    pointer: "network",
  });
}

export function unknownNetwork(code: string): Refused {
  return failed("network.unknown", {
    detail: `没有网络 ${code.slice(0, 40)}。`,
    fix: "请在列表中重新选择网络。",
    pointer: "network",
  });
}

export function notPublished(name: string): Refused {
  return failed("edition.unknown", {
    detail: `网络「${name}」还没有发布过版次。`,
    fix: "请从文件或从空白开始，并划分整个网络。",
    pointer: "from",
  });
}

export function unknownArea(code: string): Refused {
  return failed("area.unknown", {
    detail: `现行版次中没有区域 ${code.slice(0, 64)}。`,
    fix: "请在列表或地图上重新选择区域。",
    pointer: "area",
  });
}

/** @param places - what is wrong where */
export function unusableFile(detail: string, places: Place[], more: Partial<Problem> = {}): Refused {
  return failed("plan.file", {
    detail,
    fix: "请在原软件中改正所列之处后重新上传；系统不会自动修补。空白处可以留到方案中处理。",
    places,
    ...(places[0]?.at && { at: places[0].at }),
    ...more,
  });
}

export function wrongLevel(): Refused {
  return failed("plan.file", {
    detail: "网络在该区域之下没有这个层级。",
    fix: "请选择位于方案区域之下的层级，或在更高一级的区域上新建方案。",
    pointer: "from/level",
  });
}

/** Of an edition that was taken as it stood in the world. */
export function undrawable(places: Place[]): Refused {
  return failed("plan.undrawable", {
    detail: `所依据的划分有 ${places.length} 处重叠、越界或无效的面，不能逐条界线编辑：${places[0]?.what ?? ""}`,
    fix: "请用改正后的面文件新建方案（从文件开始）。",
    places,
    ...(places[0]?.at && { at: places[0].at }),
  });
}

export function alreadyThere(edition: number | null): Refused {
  return failed("plan.status", {
    detail: `方案已经以第 ${edition ?? 0} 版为基础，那就是最新版次。`,
    fix: "不需要对齐；请继续编制或提交。",
  });
}

import { faultsOfPassword, type PasswordFault, shortestPassword } from "../../data/access/password_rule.ts";
import { failed, type KnownProblem, problem } from "../../data/schema/problem.ts";
import { guessesAllowed, lockMinutes } from "./guesses.ts";

/** What people are told who do not get in. The same words for a name that does not exist. */
export const wrongPassword = (): KnownProblem =>
  problem("access.wrong", {
    detail: "用户名或密码不正确。",
    fix: `请核对后重试；连续 ${guessesAllowed} 次不正确，账号将锁定 ${lockMinutes} 分钟。`,
  });

export const wrongCode = (): KnownProblem =>
  problem("access.wrong", {
    detail: "动态口令不正确或已用过。",
    fix: "请等待验证器显示下一个口令后重试，并检查手机时间是否准确。",
    pointer: "code",
  });

export const codeNeeded = (): KnownProblem =>
  problem("access.code_needed", {
    detail: "该账号已启用动态口令。",
    fix: "请输入验证器应用显示的 6 位口令。",
    pointer: "code",
  });

export const locked = (): KnownProblem =>
  problem("access.locked", {
    detail: `密码或口令连续 ${guessesAllowed} 次不正确，账号已锁定。`,
    fix: `请 ${lockMinutes} 分钟后重试，或联系安全管理员解锁。`,
  });

/** `retry_after` in seconds goes into the header of that name too. */
export const tooOften = (seconds: number): KnownProblem & { retry_after: number } => ({
  ...problem("request.too_often", { detail: "登录尝试过于频繁。", fix: `请 ${seconds} 秒后重试。` }),
  retry_after: seconds,
});

export const sessionEnded = (): KnownProblem =>
  problem("access.ended", {
    detail: "登录已失效：可能已超时、已在别处退出，或账号已变更。",
    fix: "请重新登录。",
  });

/** An answer of the identity provider that this browser did not ask for, or asked for too long ago. */
export const providerRefused = (): KnownProblem =>
  problem("access.provider_refused", {
    detail: "此次登录不是从本页发起的，或已过期。",
    fix: "请从登录页重新开始。",
  });

export const linkEnded = (what: "setup" | "device"): KnownProblem =>
  problem("access.link", {
    detail: "该链接无效、已使用或已过期。",
    fix:
      what === "setup"
        ? "请使用服务器启动时打印的最新链接；重新启动服务器可得到新链接。"
        : "请向安全管理员索取新的配对链接。",
  });

const faultWords: Record<PasswordFault, string> = {
  short: `至少 ${shortestPassword} 个字符`,
  classes: "须含大写字母、小写字母、数字、符号中的三类",
  common: "不能是常见密码",
  name: "不能包含用户名",
};

/** Null where the password is good enough; `pointer` names the field. */
export function weakPassword(password: string, name: string, pointer: string): KnownProblem | null {
  const faults = faultsOfPassword(password, name);
  if (faults.length === 0) return null;
  return problem("access.password", {
    detail: `密码不符合要求：${faults.map((fault) => faultWords[fault]).join("；")}。`,
    fix: "请换一个密码。",
    pointer,
  });
}

export const refuse = (refused: KnownProblem): { ok: false; problem: KnownProblem } => ({
  ok: false,
  problem: refused,
});

export const keptElsewhere = () =>
  failed("account.origin", {
    detail: "该账号的密码与动态口令不在本系统中管理。",
    fix: "请在统一身份平台中修改；演示账号不可修改。",
  });

import type { PasswordFault } from "../access/password_rule.ts";
import type { Role } from "../access/roles.ts";
import type { AuditAction } from "../schema/audit.ts";
import type { ContactKind } from "../schema/contact.ts";
import type { Wording, Words } from "./language.ts";

/** Roles as people say them. */
export const roleNames: Readonly<Record<Role, Wording>> = {
  public: ["公众", "Public"],
  worker: ["网格员", "Grid worker"],
  handler: ["部门经办", "Handler"],
  dispatcher: ["指挥员", "Dispatcher"],
  supervisor: ["督导员", "Supervisor"],
  planner: ["规划员", "Planner"],
  approver: ["审批员", "Approver"],
  fire_liaison: ["消防联络员", "Fire liaison"],
  police_liaison: ["公安联络员", "Police liaison"],
  wall: ["指挥大屏", "Wall screen"],
  system_admin: ["系统管理员", "System administrator"],
  security_admin: ["安全管理员", "Security administrator"],
  audit_admin: ["审计管理员", "Audit administrator"],
};

/** Whose phone it is. */
export const contactKindNames: Readonly<Record<ContactKind, Wording>> = {
  duty: ["值班电话", "Duty phone"],
  mobile: ["手机", "Mobile"],
  supervision: ["监督电话", "Supervision phone"],
  responsible: ["消防安全责任人", "Responsible person"],
  manager: ["消防安全管理人", "Fire safety manager"],
};

/** What an audit line tells of. */
export const auditActionNames: Readonly<Record<AuditAction, Wording>> = {
  sign_in: ["登录", "Sign in"],
  sign_out: ["退出", "Sign out"],
  sign_in_refused: ["登录被拒", "Sign-in refused"],
  refused: ["访问被拒", "Access refused"],
  password_change: ["修改密码", "Password changed"],
  second_factor_change: ["动态口令变更", "Second factor changed"],
  sessions_end: ["全部退出", "Signed out everywhere"],
  account_create: ["新建账号", "Account made"],
  account_change: ["修改账号", "Account changed"],
  account_release: ["解锁账号", "Account released"],
  device_create: ["新建大屏", "Screen made"],
  device_pair: ["大屏配对", "Screen paired"],
  device_revoke: ["停用大屏", "Screen revoked"],
  contact_reveal: ["查看电话", "Phone shown"],
  export: ["导出", "Export"],
  import: ["导入", "Import"],
  print: ["出图", "Print"],
  reason_give: ["说明理由", "Reason given"],
  reason_withdraw: ["撤回理由", "Reason withdrawn"],
  rules_change: ["修改划分规则", "Rules changed"],
  plan_begin: ["新建划分方案", "Plan begun"],
  plan_submit: ["提交方案", "Plan submitted"],
  plan_withdraw: ["撤回方案", "Plan withdrawn"],
  plan_approve: ["批准方案", "Plan approved"],
  plan_reject: ["退回方案", "Plan sent back"],
  plan_publish: ["发布方案", "Plan published"],
  plan_discard: ["废弃方案", "Plan discarded"],
  plan_rebase: ["方案对齐新版次", "Plan moved to the new edition"],
};

export const auditOutcomeNames: Readonly<Record<"done" | "refused" | "failed", Wording>> = {
  done: ["完成", "Done"],
  refused: ["拒绝", "Refused"],
  failed: ["失败", "Failed"],
};

/** Facts that audit lines carry of before and after; others are shown by their own names. */
export const auditFactNames = {
  name: ["名称", "Name"],
  display_name: ["姓名", "Full name"],
  disabled: ["停用", "Disabled"],
  grants: ["授权", "Grants"],
  roles: ["角色", "Roles"],
  role: ["角色", "Role"],
  area: ["区域", "Area"],
  areas: ["区域", "Areas"],
  area_name: ["区域名称", "Name of the area"],
  organisation: ["单位", "Organisation"],
  locked: ["锁定", "Locked"],
  second_factor: ["动态口令", "Second factor"],
  first: ["首次密码", "First password"],
  way: ["方式", "Way"],
  kind: ["类别", "Kind"],
  rows: ["行数", "Rows"],
  file: ["文件", "File"],
  folder: ["文件夹", "Folder"],
  paired: ["已配对", "Paired"],
} as const satisfies Words;

export const accountOriginNames: Readonly<Record<"local" | "identity_provider" | "demo", Wording>> = {
  local: ["本系统", "Local"],
  identity_provider: ["统一身份认证", "Identity provider"],
  demo: ["演示", "Demo"],
};

/** What a password must be, as a list to tick off. */
export const passwordFaultWords: Readonly<Record<PasswordFault, Wording>> = {
  short: ["至少 {count} 位", "At least {count} characters"],
  classes: ["含小写、大写字母、数字、其他符号中的三种", "Three of: lower case, upper case, digits, other signs"],
  common: ["不是常见密码", "Not one of the common passwords"],
  name: ["不含登录名", "Does not hold the sign-in name"],
};

/** What the frame and the map say about who reads. */
export const readerWords = {
  sign_in: ["登录", "Sign in"],
  sign_out: ["退出登录", "Sign out"],
  sign_out_failed: ["退出登录（未成功，请重试）", "Sign out (failed, try again)"],
  account_menu: ["账号菜单", "Account menu"],
  my_account: ["我的账号", "My account"],
  administration: ["系统管理", "Administration"],
  planning: ["网格划分", "Grid planning"],
  accounts: ["账号与授权", "Accounts"],
  devices: ["大屏", "Wall screens"],
  audit: ["审计", "Audit"],
  everywhere: ["全域", "everywhere"],
  ended: ["登录已结束，现在显示的是公开版。", "Your session has ended; this is the public edition."],
  ended_closed: ["登录已结束。", "Your session has ended."],
  sign_in_again: ["重新登录", "Sign in again"],
  no_permission: ["无权查看", "No permission"],
  no_permission_page: ["您的角色不能使用此页面。", "Your roles do not open this page."],
  no_permission_next: [
    "如确有需要，请联系安全管理员授权。",
    "If you need it, ask a security administrator for the role.",
  ],
  no_permission_layer: ["「{layer}」须授权后查看。", "“{layer}” can be seen with permission only."],
  sign_in_first: ["登录后查看", "Sign in to see this"],
  sign_in_first_why: ["此页面须登录后使用。", "This page is for those who signed in."],
  map_closed_why: [
    "本系统未开放公众查看，请登录后使用。",
    "This system is not open to the public. Sign in to see the map.",
  ],
  hidden: ["无权查看：{names}", "Not shown to you: {names}"],
  own_areas: ["限授权区域", "own areas"],
  outside_or_unknown: [
    "没有这条记录（{key}），或它不在您的授权区域内。",
    "There is no such record ({key}), or it lies outside your areas.",
  ],
  session: ["登录状态", "Your session"],
  contacts: ["联系电话", "Phones"],
  show_phone: ["显示", "Show"],
  show_phone_of: ["显示{name}的电话", "Show the phone of {name}"],
  phone_audited: ["查看将记入审计", "Looking it up is written down"],
} as const satisfies Words;

/** 登录 */
export const signInWords = {
  title: ["登录", "Sign in"],
  name: ["登录名", "Name"],
  password: ["密码", "Password"],
  password_show: ["显示密码", "Show the password"],
  code: ["动态口令", "Code"],
  code_hint: ["验证器应用中的六位数字", "Six digits of your authenticator app"],
  submit: ["登录", "Sign in"],
  other_name: ["换个账号", "Another account"],
  or: ["或", "or"],
  provider: ["用{name}登录", "Sign in with {name}"],
  demo: ["演示账号", "Demo accounts"],
  demo_hint: [
    "只在演示城市和本机访问时提供，点一下即登录。",
    "Only with the demo city and from this machine; one click signs in.",
  ],
  as_public: ["不登录，看公开版", "Go on without signing in"],
  signed_in_as: ["您已登录为 {name}。", "You are signed in as {name}."],
  go_on: ["继续", "Go on"],
  locked_minutes: [
    "账号已锁定，约 {minutes} 分钟后可再试。",
    "The account is locked; try again in about {minutes} min.",
  ],
  wait_seconds: ["操作过于频繁，请 {seconds} 秒后再试。", "Too many tries; wait {seconds} s."],

  setup: ["首次设置", "First set-up"],
  setup_why: [
    "建立第一位安全管理员。此链接只能使用一次。",
    "Make the first security administrator. This link holds once.",
  ],
  display_name: ["姓名", "Full name"],
  name_hint: [
    "小写字母、数字、点、横线或下划线，2–64 位",
    "2–64 lower-case letters, digits, dots, dashes, underscores",
  ],
  name_wrong: [
    "登录名只能用小写字母、数字、点、横线和下划线，2–64 位，以字母或数字开头。",
    "Use 2–64 lower-case letters, digits, dots, dashes or underscores, beginning with a letter or digit.",
  ],
  setup_submit: ["建立并登录", "Make it and sign in"],
  pairing: ["正在配对此屏幕", "Pairing this screen"],
  pairing_why: ["完成后将打开地图。", "The map opens when it is done."],
  pairing_failed: ["此屏幕没有配对成功", "This screen was not paired"],
  to_sign_in: ["改用账号登录", "Sign in with an account"],
} as const satisfies Words;

/** 我的账号 */
export const accountWords = {
  title: ["我的账号", "My account"],
  facts: ["基本信息", "About you"],
  name: ["登录名", "Sign-in name"],
  display_name: ["姓名", "Full name"],
  signed_in_at: ["本次登录", "Signed in"],
  ends_at: ["无操作则结束于", "Ends if idle"],
  origin: ["账号来源", "Kept by"],
  grants: ["角色与区域", "Roles and areas"],
  grants_none: ["没有授权，只能查看公开版。", "No role yet: you see the public edition."],
  below: ["及其下级", "and all below"],
  only_organisation: ["仅 {name} 及其下级单位", "only of {name} and below"],

  password: ["修改密码", "Change password"],
  password_elsewhere: ["密码由统一身份认证管理。", "Your password is kept by the identity provider."],
  current: ["当前密码", "Current password"],
  next: ["新密码", "New password"],
  again: ["再输一次新密码", "New password again"],
  again_differs: ["两次输入的新密码不一致。", "The two new passwords differ."],
  password_submit: ["修改密码", "Change password"],
  password_done: ["密码已修改，其他设备上的登录已结束。", "Changed. Your sessions elsewhere have ended."],
  must_change: ["首次登录，请先修改密码。", "First sign-in: change your password before you go on."],
  must_enrol: ["您的角色须先绑定动态口令。", "Your role asks for a second factor first."],

  factor: ["动态口令", "Second factor"],
  factor_on: ["已绑定，登录时需要输入验证器应用中的六位数字。", "On: signing in asks for six digits of your app."],
  factor_off: [
    "未绑定。绑定后登录还需输入验证器应用中的六位数字。",
    "Off. Once on, signing in also asks for six digits of an authenticator app.",
  ],
  factor_begin: ["绑定动态口令", "Set it up"],
  factor_scan: ["用验证器应用扫描二维码，或手工输入密钥。", "Scan this with an authenticator app, or type the key."],
  factor_secret: ["密钥", "Key"],
  factor_confirm: ["确认绑定", "Confirm"],
  factor_remove: ["解除绑定", "Take it away"],
  factor_removed: ["动态口令已解除。", "The second factor was taken away."],
  factor_added: ["动态口令已绑定。", "The second factor is on."],
  qr: ["二维码", "QR code"],

  sessions: ["登录位置", "Where you are signed in"],
  session_here: ["此处", "here"],
  session_seen: ["{since} 登录 · 最近 {seen}", "since {since} · last seen {seen}"],
  sessions_end: ["全部退出", "Sign out everywhere"],
  sessions_end_why: ["所有设备上的登录都会结束，包括此处。", "Your sessions on all devices end, this one too."],
  cancel: ["取消", "Cancel"],
  ready: ["设置完成，可以开始使用。", "All done: you can go on."],
} as const satisfies Words;

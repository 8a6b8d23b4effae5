import type { ProblemCode } from "../schema/problem_codes.ts";
import type { Wording } from "./language.ts";

/**
 * What happened and what to do next, for each failure that a page can meet. The server words its problems in Chinese, for
 * the case at hand; readers of English, and pages that know only the code, get these.
 */
export const problemWords: Readonly<Record<ProblemCode, readonly [what: Wording, next: Wording]>> = {
  "request.invalid": [
    ["有内容填写得不对。", "Something was not filled in as it must be."],
    ["请检查后再提交。", "Check what you entered, then send it again."],
  ],
  "request.too_large": [
    ["提交的内容过大。", "What was sent is too large."],
    ["请减少内容后重试。", "Send less at a time."],
  ],
  "request.media": [
    ["服务器不接受这种格式。", "The server does not take this format."],
    ["请刷新页面后重试。", "Reload the page and try again."],
  ],
  "request.foreign": [
    ["请求来自其他网站，已拒绝。", "The request came from another site and was refused."],
    ["请从网格图谱自己的页面操作。", "Do this from a page of Grid Atlas itself."],
  ],
  "request.too_often": [
    ["操作过于频繁。", "That was too often in a short time."],
    ["请稍等片刻再试。", "Wait a moment, then try again."],
  ],
  "access.sign_in": [
    ["该内容须登录后查看。", "This can be seen after signing in."],
    ["请登录后重试。", "Sign in, then try again."],
  ],
  "access.ended": [
    ["登录已结束。", "Your session has ended."],
    ["请重新登录。", "Sign in again."],
  ],
  "access.wrong": [
    ["账号或密码不正确。", "The name or the password is wrong."],
    ["请核对后重试；连续输错会锁定账号。", "Check both and try again; repeated mistakes lock the account."],
  ],
  "access.code_needed": [
    ["请输入动态口令。", "A code of your authenticator app is needed."],
    ["打开验证器应用，输入当前的六位数字。", "Open the app and enter the six digits it shows now."],
  ],
  "access.locked": [
    ["账号已锁定。", "The account is locked."],
    ["请稍后再试，或联系安全管理员解锁。", "Try again later, or ask a security administrator to open it."],
  ],
  "access.link": [
    ["此链接已失效。", "This link does not hold any more."],
    ["请向安全管理员索取新的链接。", "Ask a security administrator for a new one."],
  ],
  "access.token": [
    ["访问凭证已失效。", "The access token cannot be used."],
    ["页面会自动更新；如仍失败，请重新登录。", "The page renews it by itself; if that fails, sign in again."],
  ],
  "access.provider_refused": [
    ["统一身份认证没有确认此次登录。", "The identity provider did not vouch for this sign-in."],
    ["请重新登录；如仍失败，请联系管理员开通。", "Try again; if it fails again, ask an administrator for access."],
  ],
  "access.provider_unavailable": [
    ["统一身份认证没有应答。", "The identity provider does not answer."],
    ["请稍后再试，或用本系统账号登录。", "Try again later, or sign in with an account of this system."],
  ],
  "access.pending": [
    ["须先完成账号设置。", "Something must be done with your account first."],
    ["请在「我的账号」中完成后继续。", "Complete it under “My account”, then go on."],
  ],
  "access.forbidden": [
    ["您的角色不能查看或执行此项。", "Your roles do not let you see or do this."],
    ["如确有需要，请联系安全管理员授权。", "If you need it, ask a security administrator."],
  ],
  "access.password": [
    ["新密码不符合要求。", "The new password is too weak."],
    ["请按下方各项要求修改。", "Change it until each requirement below is met."],
  ],
  "account.unknown": [
    ["没有这个账号。", "There is no such account."],
    ["请返回列表重新选择。", "Go back to the list and choose again."],
  ],
  "account.name_taken": [
    ["登录名已被使用。", "This sign-in name is taken."],
    ["请换一个登录名。", "Choose another one."],
  ],
  "account.own": [
    ["不能修改自己的授权。", "Nobody changes the rights of the own account."],
    ["请由另一位安全管理员修改。", "Ask another security administrator."],
  ],
  "account.stale": [
    ["他人已先修改了此账号。", "Somebody else changed this account first."],
    ["请查看差异后选择保留哪一份。", "Look at the differences, then choose which to keep."],
  ],
  "account.revision_needed": [
    ["请求没有说明所见的版本。", "The request did not say which revision it saw."],
    ["请刷新页面后重试。", "Reload the page and try again."],
  ],
  "account.last_admin": [
    ["这是最后一位可用的安全管理员。", "This is the last security administrator who can sign in."],
    ["请先为另一个账号授予安全管理员角色。", "Give another account that role first."],
  ],
  "account.origin": [
    ["此账号由其他系统管理。", "This account is kept elsewhere."],
    ["请到来源系统修改。", "Change it where it comes from."],
  ],
  "grant.combination": [
    ["这些角色不能由同一账号兼任。", "One account must not hold these roles together."],
    ["请分给不同的账号。", "Give them to different accounts."],
  ],
  "grant.place": [
    ["有授权没有选择区域。", "A grant has no area."],
    ["请在地图上选择区域。", "Choose an area on the map."],
  ],
  "grant.retired": [
    ["授权的区域已停用。", "The area of a grant was retired."],
    ["请改选它的后继区域。", "Choose one of its successors instead."],
  ],
  "device.unknown": [
    ["没有这块大屏。", "There is no such screen."],
    ["它可能已被停用。", "It may have been revoked."],
  ],
  "contact.unknown": [
    ["没有这个联系方式，或不在您的授权范围内。", "There is no such contact, or it is not in your areas."],
    ["请刷新后重试。", "Reload and try again."],
  ],
  "export.too_large": [
    ["导出范围超过限制。", "The export reaches too far."],
    ["请选择较小的区域。", "Choose a smaller area."],
  ],
  "route.unknown": [
    ["没有这个地址。", "There is no such address."],
    ["请检查链接。", "Check the link."],
  ],
  "method.not_allowed": [
    ["该地址不接受这种请求。", "This address does not take that request."],
    ["请刷新页面后重试。", "Reload the page and try again."],
  ],
  "tile.out_of_range": [
    ["没有这张瓦片。", "There is no such tile."],
    ["请移动或缩放地图。", "Move or zoom the map."],
  ],
  "tile.unknown_layer": [
    ["没有这个图层。", "There is no such layer."],
    ["请检查链接。", "Check the link."],
  ],
  "network.unknown": [
    ["没有这个网络。", "There is no such network."],
    ["请检查链接。", "Check the link."],
  ],
  "edition.unknown": [
    ["没有这个版次。", "There is no such edition."],
    ["请选择现有的版次。", "Choose one of those that exist."],
  ],
  "edition.order": [
    ["版次的先后颠倒了。", "The editions are in the wrong order."],
    ["请把较早的版次写在前面。", "Name the earlier one first."],
  ],
  "area.retired": [
    ["该区域已停用。", "The area was retired."],
    ["请查看它的地块今天属于哪里。", "Look who has its ground today."],
  ],
  "area.unknown": [
    ["没有这个区域。", "There is no such area."],
    ["它可能属于别的版次，或链接有误。", "It may belong to another edition, or the link is wrong."],
  ],
  "reason.unknown": [
    ["没有这条理由。", "There is no such reason."],
    ["它可能已被撤回，请刷新页面。", "It may have been withdrawn: reload the page."],
  ],
  "check.tangled": [
    ["同一处重叠的区域过多，无法逐一列出。", "Too many areas lie over each other for a list."],
    ["请先检查下级区域，或核对导入的数据是否重复。", "Check the areas below first, or whether data came in twice."],
  ],
  "check.busy": [
    ["正在进行的检查太多。", "Too many checks are under way."],
    ["请稍等片刻再试。", "Wait a moment, then try again."],
  ],
  "plan.unknown": [
    ["没有这个划分方案。", "There is no such plan."],
    ["它可能已被废弃，或不在您的授权范围内。", "It may have been discarded, or lies outside your grants."],
  ],
  "plan.revision_needed": [
    ["没有说明依据的是方案的哪个修订号。", "Which revision was seen was not said."],
    ["请重新打开方案后再试。", "Open the plan again, then try."],
  ],
  "plan.stale": [
    ["方案已被他人修改。", "Somebody else changed the plan first."],
    ["请查看最新内容，确认后再做一次。", "Look at what changed, then do it again."],
  ],
  "plan.refused": [
    ["这一步会破坏划分。", "This step would break the division."],
    ["请按提示调整后再试。", "Change it as told, then try again."],
  ],
  "plan.status": [
    ["方案现在的状态不允许这样做。", "The plan's state does not allow this."],
    ["请刷新方案，查看其状态。", "Reload the plan and look at its state."],
  ],
  "plan.retired": [
    ["方案所划分的区域已撤销。", "The area that the plan divides was retired."],
    ["请废弃该方案，在现行区域上新建。", "Discard it and begin anew on an area in force."],
  ],
  "plan.base_moved": [
    ["方案所依据的版次已不是现行版次。", "The plan is based on a former edition."],
    ["请先将方案对齐现行版次。", "Move the plan onto the edition in force first."],
  ],
  "plan.unclean": [
    ["方案还有问题，或有未说明理由的提醒。", "The plan has faults, or warnings without a reason."],
    ["请改正问题，并为提醒说明理由。", "Mend the faults and give reasons for the warnings."],
  ],
  "plan.two_persons": [
    ["编制和批准须由两人完成。", "Two persons are needed: one draws, another approves."],
    ["请由未参与编制的审批员处理。", "Ask an approver who took no part in drawing."],
  ],
  "plan.undrawable": [
    ["所依据的划分有重叠或无效的面。", "The division it begins from has overlaps or broken outlines."],
    ["请用改正后的面文件新建方案。", "Begin from a corrected file of polygons."],
  ],
  "plan.file": [
    ["文件不能作为划分。", "The file is no division."],
    ["请按所列位置改正文件。", "Correct the file at the places named."],
  ],
  "plan.network": [
    ["不能新建这个网络。", "The network cannot be made."],
    ["请换一个代码或前缀。", "Choose another code or prefix."],
  ],
  "plan.nothing_to_undo": [
    ["没有可以撤销或重做的步骤。", "There is nothing to undo or redo."],
    ["请刷新方案。", "Reload the plan."],
  ],
  "plan.name_differs": [
    ["输入的名称与方案名称不一致。", "What was typed is not the plan's name."],
    ["请照方案名称输入。", "Type the name of the plan."],
  ],
  "plan.day": [
    ["该日期不能作为生效日。", "This day cannot be the first one."],
    ["请选择今天或以后的日期。", "Choose today or a later day."],
  ],
  "plan.key_reused": [
    ["同一请求编号已用于另一个操作。", "The key was used for another operation."],
    ["请刷新方案后再做一次。", "Reload the plan, then do it again."],
  ],
  "plan.comment_unknown": [
    ["没有这条意见。", "There is no such comment."],
    ["请刷新方案。", "Reload the plan."],
  ],
  "plan.codes": [
    ["编码不能这样给出。", "A code cannot be given like this."],
    ["用过的编码不再使用，请换一个编码。", "A code is used only once: choose another one."],
  ],
  "plan.profile": [
    ["没有所选的人口规模标准。", "There is no such profile."],
    ["请重新选择。", "Choose another one."],
  ],
  "register.unknown": [
    ["没有这类资料。", "There is no such register."],
    ["请检查链接。", "Check the link."],
  ],
  "record.unknown": [
    ["没有这条记录。", "There is no such record."],
    ["它可能已停用，或不在您的授权范围内。", "It may have been retired, or lie outside your areas."],
  ],
  "basemap.unknown": [
    ["没有这个底图。", "There is no such basemap."],
    ["请另选一个。", "Choose another one."],
  ],
  "basemap.unavailable": [
    ["底图服务没有应答。", "The basemap does not answer."],
    ["业务数据不受影响，请稍后再试。", "Our own data is not affected; try again later."],
  ],
  "server.starting": [
    ["服务器正在启动。", "The server is starting."],
    ["稍后会自动重试。", "It is tried again by itself."],
  ],
  "database.unavailable": [
    ["数据库暂时没有应答。", "The database does not answer."],
    ["稍后会自动重试。", "It is tried again by itself."],
  ],
  internal: [
    ["服务器出错了，已记录。", "Something broke on the server; it was written down."],
    ["请稍后重试；如仍失败，请告知管理员。", "Try again later; if it fails again, tell an administrator."],
  ],
};

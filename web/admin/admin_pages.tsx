import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { NoPermissionPage } from "../ui/no_permission.tsx";
import { NoSuchPage } from "../ui/no_such_page.tsx";
import { useSession } from "../ui/reader.ts";
import { adminPages, openAdminPages } from "../ui/workspaces.ts";
import "../ui/forms.css";
import "./admin.css";
import "./picker.css";
import "./panel.css";
import "./narrow.css";

const pages = {
  "/admin/accounts": lazy(() => import("./accounts_page.tsx")),
  "/admin/devices": lazy(() => import("./devices_page.tsx")),
  "/admin/audit": lazy(() => import("./audit_page.tsx")),
} as const;

/** 系统管理: each page for those whose role opens it. */
export default function AdminPages() {
  const session = useSession();
  const open = openAdminPages(session);
  const first = open[0];
  return (
    <Suspense>
      <Switch>
        <Route path="/admin">{first ? <Redirect to={first.path} replace /> : <NoPermissionPage />}</Route>
        {adminPages.map(({ path }) => (
          <Route
            key={path}
            path={path}
            component={open.some((page) => page.path === path) ? pages[path] : NoPermissionPage}
          />
        ))}
        <Route component={NoSuchPage} />
      </Switch>
    </Suspense>
  );
}

import { Route, Switch } from "wouter";
import { NoPermissionPage } from "../ui/no_permission.tsx";
import { NoSuchPage } from "../ui/no_such_page.tsx";
import { useSession } from "../ui/reader.ts";
import { ChangeSheetPage } from "./sheet/change_sheet_page.tsx";
import { PlanListPage } from "./plan_list_page.tsx";
import { PlanPage } from "./plan_page.tsx";
import "../ui/forms.css";
import "./planner.css";
import "./planner_panels.css";
import "./compare_panel.css";
import "./grid_list.css";

/** 网格划分: the plans, and one of them open. */
export default function PlannerPages() {
  const { actions } = useSession();
  if (!actions.includes("read_plans")) return <NoPermissionPage />;
  return (
    <Switch>
      <Route path="/planner" component={PlanListPage} />
      <Route path="/planner/:plan/sheet">{({ plan }) => <ChangeSheetPage id={plan} />}</Route>
      <Route path="/planner/:plan">{({ plan }) => <PlanPage key={plan} id={plan} />}</Route>
      <Route component={NoSuchPage} />
    </Switch>
  );
}

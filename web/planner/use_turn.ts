import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type LifeStep, turnPlan } from "../api/plans.ts";
import { usePlannerStore } from "./planner_store.ts";

/** Asks the server for the next state of the plan and takes over what the plan is then. */
export function useTurn(step: LifeStep, onDone: () => void = () => {}) {
  const store = usePlannerStore();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => {
      const { plan, revision } = store.getState();
      return turnPlan(plan.id, step, revision, body);
    },
    onSuccess: (plan) => {
      store.getState().takeSummary(plan);
      void client.invalidateQueries({ queryKey: ["plans"] });
      onDone();
    },
  });
}

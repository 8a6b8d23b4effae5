/** Addresses of pages, as the server answers them with the document; what each shows is the script's business. */
export const pageRoutes = [
  "/",
  "/sign-in",
  "/account",
  "/certificate",
  "/planner",
  "/planner/:plan",
  "/planner/:plan/sheet",
  "/admin",
  "/admin/accounts",
  "/admin/devices",
  "/admin/audit",
] as const;

/** Where servers usually answer for their health, by how usual it is. */
export const HEALTH_PATHS: readonly string[] = [
  "/healthz",
  "/health",
  "/livez",
  "/readyz",
  "/ready",
  "/live",
  "/health/live",
  "/health/ready",
  "/healthcheck",
  "/ping",
  "/status",
  "/up",
  "/api/health",
  "/actuator/health",
  "/q/health",
  "/-/healthy",
];

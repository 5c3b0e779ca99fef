/**
 * Where servers usually answer for their health, first what reflects best that they can serve: paths
 * that a product has for this and nothing else, readiness before liveness, then names that anything may have.
 */
export const HEALTH_PATHS: readonly string[] = [
  "/-/ready",
  "/-/healthy",
  "/api/healthz",
  "/-/ping",
  "/actuator/health/readiness",
  "/actuator/health/liveness",
  "/actuator/health",
  "/q/health/ready",
  "/q/health/live",
  "/q/health",
  "/minio/health/ready",
  "/parse/health",
  "/readyz",
  "/healthz",
  "/livez",
  "/health/ready",
  "/health/live",
  "/health",
  "/api/health",
  "/ready",
  "/live",
  "/healthcheck",
  "/ping",
  "/up",
  "/status",
  "/v2/",
];

/**
 * Usual health paths, the best indicators first: paths that a product uses only for this purpose, readiness
 * before liveness, then common names.
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

/** Where clusters usually have their API server: the first address of the services' range. */
const [HOST, PORT] = ["10.96.0.1", "443"] as const;
const LINK = `tcp://${HOST}:${PORT}`;

/**
 * What the kubelet sets in every container whatever the manifest says, enableServiceLinks included:
 * the service of the API server (kubelet_pods.go, getServiceEnvVarMap; envvars.go, FromServices).
 * Some frameworks tell by it that they run in a cluster, and listen on every address.
 */
export const SERVICE_VARIABLES: ReadonlyMap<string, string> = new Map([
  ["KUBERNETES_SERVICE_HOST", HOST],
  ["KUBERNETES_SERVICE_PORT", PORT],
  ["KUBERNETES_SERVICE_PORT_HTTPS", PORT],
  ["KUBERNETES_PORT", LINK],
  [`KUBERNETES_PORT_${PORT}_TCP`, LINK],
  [`KUBERNETES_PORT_${PORT}_TCP_PROTO`, "tcp"],
  [`KUBERNETES_PORT_${PORT}_TCP_PORT`, PORT],
  [`KUBERNETES_PORT_${PORT}_TCP_ADDR`, HOST],
]);

/** Part of a binding that leaves namespaces out; empty without exempt namespaces. */
export function outsideNamespaces(exempt: readonly string[]): Readonly<Record<string, unknown>> {
  if (exempt.length === 0) return {};
  // The API server sets this label, so the namespace's owner cannot change it.
  const others = { key: "kubernetes.io/metadata.name", operator: "NotIn", values: exempt };
  return { matchResources: { namespaceSelector: { matchExpressions: [others] } } };
}

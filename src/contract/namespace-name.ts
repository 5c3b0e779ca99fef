/** Form of a namespace's name, and of a container's: an RFC 1123 label. */
export const NAMESPACE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Last segment of a path: `.env` for `/app/.env`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `91.3 MB`: a number of bytes in millions. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

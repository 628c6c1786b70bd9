/** Whether `text` is what `pattern` says: `*` stands for any characters, slashes too, and `?` for one. So it is in IAM, CloudFront and `aws s3`. */
export const matchesWildcard = (pattern: string, text: string): boolean => {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${escaped}$`, 's').test(text)
}

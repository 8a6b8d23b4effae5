/** Words that may come from anywhere, as text or attribute of a page that we write by hand. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

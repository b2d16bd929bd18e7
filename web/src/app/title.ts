/** Names the page to the browser's tabs and history. */
export function setTitle(title: string): void {
  document.title = title ? `${title} – Open LLM Catalog` : "Open LLM Catalog";
}

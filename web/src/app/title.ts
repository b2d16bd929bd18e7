/** Sets the title of the document. */
export function setTitle(title: string): void {
  document.title = title ? `${title} – Open LLM Catalog` : "Open LLM Catalog";
}

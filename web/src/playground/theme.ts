/** The theme that was chosen on the pages; undefined if it follows the browser. */
export function chosenTheme(): "light" | "dark" | undefined {
  const theme = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
  return theme === "light" || theme === "dark" ? theme : undefined;
}

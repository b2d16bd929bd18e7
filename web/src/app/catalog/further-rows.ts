/** The most pages of further rows that an entry of the history keeps. */
export const MAX_FURTHER = 20;

/** Fetches a page of further rows; undefined if it has none. */
export async function fetchFurther(address: string, init: RequestInit = {}): Promise<Document | undefined> {
  const response = await fetch(address, { headers: { accept: "text/html" }, ...init });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return response.ok && page.querySelector(".models tbody > tr") ? page : undefined;
}

/** Moves the rows of a page to the end of the table of another one, and the link to the next page with them. Returns the rows. */
export function appendRows(to: Document, further: Document): Element[] {
  const [body, link] = [to.querySelector(".models tbody"), to.querySelector<HTMLAnchorElement>(".next")];
  if (!body || !link) return [];
  const known = new Set([...body.querySelectorAll<HTMLElement>(".row")].map(({ dataset }) => dataset.key));
  const rows = [...further.querySelectorAll<HTMLElement>(".models tbody > tr")];
  const added = rows.filter(({ dataset }) => !known.has(dataset.key));
  body.append(...added);
  const next = further.querySelector(".next")?.getAttribute("href");
  if (next) link.setAttribute("href", next);
  else link.remove();
  return added;
}

/** Adds the rows that an entry of the history had, to its page. Stops at one that cannot be fetched: its link stays. */
export async function appendAll(page: Document, addresses: string[], init: RequestInit): Promise<void> {
  const pages = await Promise.all(addresses.map((address) => fetchFurther(address, init).catch(() => undefined)));
  for (const further of pages) {
    if (!further) return;
    appendRows(page, further);
  }
}

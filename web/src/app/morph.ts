import { drawsContent, ISLAND_CLASS } from "./mount";

/**
 * Changes an element and its children to be like another one. Elements that are in both stay, with their focus, their
 * scroll position and their islands. Children with an id or `data-key` are matched by it, others by their order.
 * `typing`: a text that is just being typed stays.
 */
export function morph(from: Element, to: Element, typing = true): void {
  copyAttributes(from, to, typing);
  if (!drawsContent(from)) morphChildren(from, to, typing);
}

/** Attributes that the reader or an island changes. */
const OWN_ATTRIBUTES = ["open", "data-open"];

function copyAttributes(from: Element, to: Element, typing: boolean): void {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !OWN_ATTRIBUTES.includes(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !OWN_ATTRIBUTES.includes(name)) from.setAttribute(name, value);
  }
  // All other fields follow the address.
  if (typing && from === document.activeElement && from.matches("input:not([type=checkbox], [type=radio])")) return;
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    from.checked = to.checked;
    if (from.type !== "file") from.value = to.value;
  } else if (from instanceof HTMLOptionElement && to instanceof HTMLOptionElement) {
    from.selected = to.selected;
  }
}

function morphChildren(from: Element, to: Element, typing: boolean): void {
  let current = nextOf(from.firstChild);
  for (const wanted of [...to.childNodes]) {
    const match = findMatch(current, wanted, from);
    if (!match) {
      from.insertBefore(wanted, current);
      continue;
    }
    if (keyOf(match)) {
      if (match === current) current = nextOf(current.nextSibling);
      else from.insertBefore(match, current);
    } else {
      while (current && current !== match) current = removeNode(current);
      current = nextOf(match.nextSibling);
    }
    if (match instanceof Element && wanted instanceof Element) morph(match, wanted, typing);
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
  }
  while (current) current = removeNode(current);
}

function findMatch(current: ChildNode | null, wanted: Node, parent: Element): ChildNode | undefined {
  const key = keyOf(wanted);
  if (key) return [...parent.children].find((child) => child.nodeName === wanted.nodeName && keyOf(child) === key);
  for (let node = current; node; node = nextOf(node.nextSibling)) {
    if (keyOf(node)) continue;
    if (node.nodeName === wanted.nodeName) return node;
  }
  return undefined;
}

function keyOf(node: Node): string | undefined {
  return node instanceof HTMLElement ? node.id || node.dataset.key : undefined;
}

/** Removes a node and returns the next one. */
function removeNode(node: ChildNode): ChildNode | null {
  const next = nextOf(node.nextSibling);
  node.remove();
  return next;
}

/** The node itself, or the next one if an island drew it. */
function nextOf(node: ChildNode | null): ChildNode | null {
  while (node instanceof Element && node.classList.contains(ISLAND_CLASS)) node = node.nextSibling;
  return node;
}

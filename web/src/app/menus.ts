/** Closes menus (`details.menu`) and evidence (`details.why`) on Escape, on a click elsewhere, and when a link of a menu was followed. */
export function startMenus(): void {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    for (const menu of openMenus()) {
      if (!menu.contains(target) || (menu.matches(".menu") && target.closest("a, li button"))) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    }
  });
}

function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll("details:is(.menu, .why)[open]");
}

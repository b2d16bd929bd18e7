import { here } from "../router";
import { t } from "../text";
import { choose, chosenModels, MOST } from "./chosen";

/** What has been chosen to be compared, at the foot of the window. */
export function Tray() {
  const chosen = chosenModels();
  if (chosen.length === 0 || here().pathname === "/compare") return null;
  return (
    <aside class="tray" aria-label={t("compare.chosen")}>
      <p role="status">{t("compare.count", { count: chosen.length, most: MOST })}</p>
      <a class="button primary" href={`/compare?models=${chosen.join(",")}`}>
        {t("compare.now")}
      </a>
      <button type="button" class="text" onClick={() => choose([])}>
        {t("compare.clear")}
      </button>
    </aside>
  );
}

import { queryCache } from "./api/query-cache";
import { startCopying } from "./copy";
import { startMenus } from "./menus";
import { startIslands } from "./mount";
import { refresh, startRouter } from "./router";
import { startSearch } from "./search/start";
import { readSent } from "./sent";
import { startSession } from "./ui/sign-in";
import "./styles/main.css";

readSent(document);
startRouter();
startIslands();
startMenus();
startCopying();
startSearch();
// The page shows every change that was made in it.
queryCache.subscribe(() => void refresh());
void startSession();

import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Catalog } from "./catalog/page";
import { Learn } from "./learn/panel";
import { here } from "./router";
import { currentLanguage, type Key, t } from "./text";
import { setTitle } from "./title";
import { Footer, Header } from "./ui/frame";
import { type Lazy, lazy } from "./ui/lazy";
import type { Noun } from "./nouns/documents";
import { Tray } from "./compare/tray";
import { NotFound } from "./ui/not-found";

type Props = { slug: string };
type Route = { path: RegExp; view: ComponentType<Props> & Partial<Lazy<Props>>; title: Key };

const Subject = lazy(() => import("./nouns/page").then(({ Subject }) => Subject));
const List = lazy(() => import("./nouns/list").then(({ List }) => List));

const subject = (noun: Noun) =>
  Object.assign((props: Props) => <Subject noun={noun} {...props} />, { load: Subject.load });
const list = (noun: Noun) => Object.assign(() => <List noun={noun} />, { load: List.load });

const routes: Route[] = [
  { path: /^\/$/, view: Catalog, title: "catalog.title" },
  {
    path: /^\/models\/([^/]+)$/,
    view: lazy(() => import("./model/page").then(({ ModelPage }) => ModelPage)),
    title: "nav.models",
  },
  { path: /^\/datasets\/([^/]+)$/, view: subject("dataset"), title: "nav.datasets" },
  { path: /^\/licenses\/([^/]+)$/, view: subject("license"), title: "nav.licenses" },
  { path: /^\/organizations\/([^/]+)$/, view: subject("organization"), title: "nav.organizations" },
  { path: /^\/architectures\/([^/]+)$/, view: subject("architecture"), title: "nav.architectures" },
  { path: /^\/datasets$/, view: list("dataset"), title: "nav.datasets" },
  { path: /^\/licenses$/, view: list("license"), title: "nav.licenses" },
  { path: /^\/organizations$/, view: list("organization"), title: "nav.organizations" },
  { path: /^\/architectures$/, view: list("architecture"), title: "nav.architectures" },
  {
    path: /^\/compare$/,
    view: lazy(() => import("./compare/page").then(({ Compare }) => Compare)),
    title: "compare.title",
  },
  { path: /^\/plots$/, view: lazy(() => import("./plots/page").then(({ Plots }) => Plots)), title: "plots.title" },
  {
    path: /^\/changes$/,
    view: lazy(() => import("./changes/page").then(({ Changes }) => Changes)),
    title: "changes.title",
  },
  { path: /^\/new\/(\w+)$/, view: lazy(() => import("./edit/create").then(({ Create }) => Create)), title: "edit.new" },
  { path: /^\/import$/, view: lazy(() => import("./edit/import").then(({ Import }) => Import)), title: "import.title" },
  { path: /^\/tokens$/, view: lazy(() => import("./edit/tokens").then(({ Tokens }) => Tokens)), title: "tokens.title" },
];

/** Loads what an address shows. Where that fails the view says so itself. */
export async function ready(pathname: string): Promise<void> {
  await routeOf(pathname)
    ?.view.load?.()
    .catch(() => {});
}

function routeOf(pathname: string): Route | undefined {
  return routes.find(({ path }) => path.test(pathname));
}

export function App() {
  const { pathname } = here();
  const route = routeOf(pathname);
  const slug = route?.path.exec(pathname)?.[1] ?? "";
  const View = route?.view ?? NotFound;
  const title = t(route?.title ?? "notFound.title");
  useEffect(() => setTitle(pathname === "/" ? "" : title), [pathname, title]);
  return (
    <>
      <a class="skip" href="#main">
        {t("nav.skip")}
      </a>
      <Header path={pathname} />
      <main id="main" lang={currentLanguage() === "zh" ? "zh-Hans" : "en"}>
        <View key={route?.path.source === "^\\/$" ? "catalog" : pathname} slug={slug} />
      </main>
      <Tray />
      <Learn />
      <Footer />
    </>
  );
}

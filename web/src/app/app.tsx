import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Catalog } from "./catalog/page";
import { SelectionBar } from "./compare/selection-bar";
import { currentLanguage, t, type TextKey } from "./i18n";
import { QueryPanel } from "./queries/panel";
import { currentUrl } from "./router";
import { OTHER_SUBJECTS } from "./subjects";
import { setTitle } from "./title";
import { Footer, Header } from "./ui/layout";
import { type Lazy, lazy } from "./ui/lazy";
import { NotFound } from "./ui/not-found";

type Props = { slug: string };
type Route = { path: RegExp; component: ComponentType<Props> & Partial<Lazy<Props>>; title: TextKey };

const SubjectPage = lazy(() => import("./subjects/page").then(({ SubjectPage }) => SubjectPage));
const SubjectList = lazy(() => import("./subjects/list").then(({ SubjectList }) => SubjectList));

const subjectRoutes = OTHER_SUBJECTS.flatMap((subject): Route[] => [
  {
    path: new RegExp(`^/${subject.path}/([^/]+)$`),
    component: Object.assign(({ slug }: Props) => <SubjectPage subject={subject} slug={slug} />, {
      load: SubjectPage.load,
    }),
    title: subject.title,
  },
  {
    path: new RegExp(`^/${subject.path}$`),
    component: Object.assign(() => <SubjectList subject={subject} />, { load: SubjectList.load }),
    title: subject.title,
  },
]);

const routes: Route[] = [
  { path: /^\/$/, component: Catalog, title: "catalog.title" },
  {
    path: /^\/models\/([^/]+)$/,
    component: lazy(() => import("./model/page").then(({ ModelPage }) => ModelPage)),
    title: "nav.models",
  },
  ...subjectRoutes,
  {
    path: /^\/compare$/,
    component: lazy(() => import("./compare/page").then(({ Compare }) => Compare)),
    title: "compare.title",
  },
  { path: /^\/plots$/, component: lazy(() => import("./plots/page").then(({ Plots }) => Plots)), title: "plots.title" },
  {
    path: /^\/changes$/,
    component: lazy(() => import("./changes/page").then(({ Changes }) => Changes)),
    title: "changes.title",
  },
  {
    path: /^\/new\/(\w+)$/,
    component: lazy(() => import("./edit/create").then(({ Create }) => Create)),
    title: "edit.new",
  },
  {
    path: /^\/import$/,
    component: lazy(() => import("./edit/import").then(({ Import }) => Import)),
    title: "import.title",
  },
  {
    path: /^\/tokens$/,
    component: lazy(() => import("./edit/tokens").then(({ Tokens }) => Tokens)),
    title: "tokens.title",
  },
];

/** Whether a path is a page that the script renders. */
export function isPage(pathname: string): boolean {
  return findRoute(pathname) !== undefined;
}

/** Loads the component of a page. If that fails, the component shows the error itself. */
export async function loadPage(pathname: string): Promise<void> {
  await findRoute(pathname)
    ?.component.load?.()
    .catch(() => {});
}

function findRoute(pathname: string): Route | undefined {
  return routes.find(({ path }) => path.test(pathname));
}

export function App() {
  const { pathname } = currentUrl();
  const route = findRoute(pathname);
  const slug = route?.path.exec(pathname)?.[1] ?? "";
  const Page = route?.component ?? NotFound;
  const title = t(route?.title ?? "notFound.title");
  // The page of a subject sets its title itself, as soon as it knows the name.
  const isSubject = slug !== "" && !pathname.startsWith("/new/");
  useEffect(() => (isSubject ? undefined : setTitle(pathname === "/" ? "" : title)), [pathname, title]);
  return (
    <>
      <a class="skip" href="#main">
        {t("nav.skip")}
      </a>
      <Header path={pathname} />
      <main id="main" lang={currentLanguage() === "zh" ? "zh-Hans" : "en"}>
        <Page key={pathname} slug={slug} />
      </main>
      <SelectionBar />
      <QueryPanel />
      <Footer />
    </>
  );
}

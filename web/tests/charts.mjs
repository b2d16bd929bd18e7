// Tests the charts of a running server: what they show, the address, zoom, table, files, frames of other sites, layout shift.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { expectFit, LANGUAGES, scenario, SCREENS, screensIn } from "./scenario.mjs";
import { SERVER_URL } from "./server.mjs";

const drawn = (page) => page.locator(".drawing.points svg path[transform]").first().waitFor();
const countPoints = (page) => page.locator(".drawing.points svg path[transform]").count();

for (const [language, locale] of Object.entries(LANGUAGES)) {
  const screens = screensIn(language);
  for (const colorScheme of ["light", "dark"]) {
    scenario(
      `charts in ${language} in ${colorScheme}`,
      { at: "/plots?x=parameters&y=tokens", locale, viewport: SCREENS[screens[0]], colorScheme },
      async ({ page, check, shot }) => {
        await drawn(page);
        await page.waitForTimeout(300);
        const shift = await page.evaluate(() => globalThis.shift);
        assert.ok(shift < 0.05, `the layout shifts by ${shift}`);
        await check();
        await expectFit(page, screens, (screen) => shot(`charts-${language}-${screen}-${colorScheme}`));
      },
    );
  }
}

scenario("axes and colors are in the address, and drawn from one request", { at: "/plots" }, async ({ page }) => {
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await page.getByLabel("Horizontal:").selectOption("parameters");
  await page.waitForURL(/x=parameters/);
  await page.getByLabel("Vertical:").selectOption("tokens");
  await page.waitForURL(/y=tokens/);
  await drawn(page);
  await page.getByLabel("Color:").selectOption("license");
  await page.waitForURL(/color=license/);
  await page.locator(".legend a[href*='license=']").first().waitFor();
  assert.ok(requests.filter((path) => path === "/plots/points.json").length <= 1, "the points are loaded once");
  const before = await countPoints(page);
  await page.reload();
  await drawn(page);
  assert.equal(await countPoints(page), before);
  assert.equal(await page.getByLabel("Color:").inputValue(), "license");
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("license"));
});

scenario("filters hold for all charts", { at: "/plots?x=parameters&y=tokens&use=PROHIBITED" }, async ({ page }) => {
  await page.locator(".drawing.points svg").waitFor();
  const points = await (await fetch(`${SERVER_URL}/plots/points.json?use=PROHIBITED`)).json();
  assert.deepEqual(points.uses, ["PROHIBITED"]);
  await page.getByText("View as table").click();
  await page.waitForURL(/\/\?use=PROHIBITED/);
});

scenario("a range is zoomed into, and left", { at: "/plots?x=parameters&y=tokens" }, async ({ page }) => {
  await drawn(page);
  const all = await countPoints(page);
  const box = await page.locator(".surface").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=.*low=/);
  await page.waitForFunction((all) => document.querySelectorAll(".drawing.points path[transform]").length < all, all);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction((all) => document.querySelectorAll(".drawing.points path[transform]").length === all, all);
  // Without a pointer.
  await page.getByRole("button", { name: "Zoom in" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/from=/);
});

scenario("no two labels collide", { at: "/plots?x=parameters&y=tokens" }, async ({ page }) => {
  await drawn(page);
  const overlaps = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".drawing.points g[font-size] text")].map((text) =>
      text.getBoundingClientRect(),
    );
    const collide = (a, b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
    return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => collide(a, b))).length;
  });
  assert.equal(overlaps, 0);
});

scenario(
  "a point tells its values and leads to its model",
  { at: "/plots?x=parameters&y=tokens" },
  async ({ page }) => {
    await drawn(page);
    await page.locator(".drawing.points svg path[transform]").first().hover({ force: true });
    const name = await page.locator(".tip strong").textContent();
    const box = await page.locator(".drawing.points svg path[transform]").first().boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForURL(/\/models\//);
    await page.getByRole("heading", { level: 1, name }).waitFor();
  },
);

scenario("each chart has a table and files", { at: "/plots?x=parameters&y=tokens" }, async ({ page, check }) => {
  await drawn(page);
  for (const figure of await page.locator("figure.plot").all()) {
    if (await figure.locator(".empty").count()) continue;
    await figure.getByText("Table", { exact: true }).click();
    await figure.locator("tbody tr").nth(1).waitFor();
    await figure.getByText("Save or embed").click();
    for (const [format, start] of [
      ["SVG", "<svg"],
      ["PNG", "\x89PNG"],
      ["CSV", ""],
    ]) {
      const download = page.waitForEvent("download");
      await figure.locator(".actions").getByText(format, { exact: true }).click();
      const file = await readFile(await (await download).path());
      assert.equal(file.subarray(0, start.length).toString("latin1"), start);
      assert.ok(file.length > 60);
    }
  }
  await check();
});

test("only the route for frames may be framed", async () => {
  const headersOf = async (path) => (await fetch(SERVER_URL + path)).headers;
  const embed = await headersOf("/plots/embed?chart=time");
  assert.match(embed.get("content-security-policy"), /frame-ancestors \*/);
  assert.equal(embed.get("x-frame-options"), null);
  for (const path of ["/plots", "/", "/plots/points.json"]) {
    const headers = await headersOf(path);
    assert.match(headers.get("content-security-policy"), /frame-ancestors 'none'/, path);
    assert.equal(headers.get("x-frame-options"), "DENY", path);
  }
});

for (const chart of ["points", "time", "totals"]) {
  scenario(
    `the chart ${chart} is shown in a frame`,
    {
      at: `/plots/embed?chart=${chart}&x=parameters&y=tokens&by=license&language=zh&theme=dark`,
      viewport: { width: 700, height: 560 },
    },
    async ({ page, check, shot }) => {
      await page.locator(".drawing svg text, .drawing .empty").first().waitFor();
      assert.equal(await page.locator("figure.plot").count(), 1);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
      assert.match(await page.locator("h1").textContent(), /\p{Script=Han}/u);
      await check();
      await shot(`embed-${chart}`);
    },
  );
}

scenario("the script of the charts is loaded by their page only", { at: "/" }, async ({ page }) => {
  const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  assert.ok(!names.some((name) => name.includes("/charts-")));
});

scenario(
  "each chart is a table without scripts",
  { at: "/plots?x=parameters&y=tokens&by=kind", javaScriptEnabled: false },
  async ({ page }) => {
    assert.equal(await page.locator("figure.plot table.data").count(), 3);
    assert.ok((await page.locator("figure.plot table.data").first().locator("tbody tr").count()) > 10);
    assert.equal(await page.locator(".drawing").first().isVisible(), false);
    await page.locator("figure.plot table.data a").first().click();
    await page.waitForURL(/\/models\//);
  },
);

// Opens the page in a real browser: `browse.mjs PAGE VALIDATORS CHROMIUM [PICTURES]`.
//
// Fails when anything is loaded, run, complained about or not accessible, or when a filter does not do its work.
// Prints the findings the page shows as JSON, `[[rule, path, line, column, severity], …]`, sorted.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [file, validators, executablePath, pictures] = process.argv.slice(2);
const require = createRequire(pathToFileURL(validators + "/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const address = pathToFileURL(file).href;

const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
    for (const colorScheme of ["light", "dark"]) {
        await visit(colorScheme);
    }
    console.log(JSON.stringify(await read()));
} finally {
    await browser.close();
}

/** Opens the page and watches what it does. */
async function open(options) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const noise = [];
    page.on("console", (message) => noise.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => noise.push(`error: ${error}`));
    page.on("dialog", (dialog) => (noise.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
    page.on("request", (request) => request.url().split("#")[0] === address || noise.push(`request: ${request.url()}`));
    page.on("popup", () => noise.push("popup"));
    await page.goto(address);
    return { context, page, noise };
}

async function visit(colorScheme) {
    const { context, page, noise } = await open({ colorScheme });
    const alien = "script,img,iframe,object,embed,form,link,base,svg,video,audio,template,meta[http-equiv=refresh]";
    assert.equal(await page.locator(alien).count(), 0, "an element no report has");
    const handlers = await page.evaluate(() =>
        [...document.querySelectorAll("*")].flatMap((element) =>
            element.getAttributeNames().filter((name) => name.startsWith("on") || name === "style" || name === "srcdoc")));
    assert.deepEqual(handlers, []);
    const links = await page.$$eval("a", (all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links.filter((link) => !/^(#[a-z0-9]+$|https?:\/\/)/.test(link)), []);
    for (const link of new Set(links.filter((link) => link.startsWith("#")))) {
        assert.equal(await page.locator(`[id="${link.slice(1)}"]`).count(), 1, `nothing at ${link}`);
    }
    await page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));
    await page.evaluate(axe + ";0");
    const verdict = await page.evaluate(() => window.axe.run(document));
    const grave = verdict.violations.filter((it) => it.impact === "serious" || it.impact === "critical");
    assert.deepEqual(grave.map((it) => [it.id, it.nodes[0].html, it.nodes[0].failureSummary]), [], colorScheme);
    await page.$$eval("details", (all) => all.forEach((one) => (one.open = false)));

    const findings = await page.locator(".finding").count();
    if (findings > 0) {
        await filters(page, findings);
        await directions(page);
        await keyboard(page);
    }
    if (pictures) {
        await page.screenshot({ path: `${pictures}/report-${colorScheme}.png` });
        await page.locator(".guide").first().evaluate((it) => it.scrollIntoView());
        await page.screenshot({ path: `${pictures}/report-guide-${colorScheme}.png` });
    }
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".filters:visible").count(), 0, "filters are printed");
    assert.deepEqual(noise, []);
    await context.close();
}

/** Every check box shows exactly its own, and everything again without it. */
async function filters(page, findings) {
    const wrong = await page.evaluate((findings) => {
        const visible = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility()).length;
        const wrong = [];
        const boxes = document.querySelectorAll(".filters input");
        for (const box of boxes) {
            const name = box.id.slice("show-".length);
            const country = /^c\d/.test(name);
            const own = document.querySelectorAll(country ? `.${name} .finding` : `.finding.${name}`).length;
            box.click();
            const badges = document.querySelectorAll(`.badge.${name}`).length;
            if (visible(".finding") !== own || (!country && visible(".text .badge") > badges)) {
                wrong.push(`${box.id}: ${visible(".finding")} of ${findings}, ${own} its own`);
            }
            box.click();
        }
        return boxes.length > 0 && visible(".finding") === findings ? wrong : ["nothing to filter with"];
    }, findings);
    assert.deepEqual(wrong, []);
    // Once as a person does it.
    await page.getByLabel("warning", { exact: true }).check();
    assert.equal(await page.locator(".finding.error:visible").count(), 0);
    assert.ok(await page.locator(".finding.warning:visible").count() > 0);
    await page.getByLabel("error", { exact: true }).check();
    assert.ok(await page.locator(".finding.error:visible").count() > 0, "two ticks show both");
    await page.getByLabel("warning", { exact: true }).uncheck();
    await page.getByLabel("error", { exact: true }).uncheck();
    assert.equal(await page.locator(".finding:visible").count(), findings, "without a tick everything is shown");
}

/** Lines take the direction of their text. */
async function directions(page) {
    const lines = await page.$$eval(".words", (all) =>
        all.map((line) => [line.textContent, getComputedStyle(line).direction]));
    for (const [text, direction] of lines) {
        const first = /[\p{Script=Latin}\p{Script=Han}\p{Script=Arabic}\p{Script=Hebrew}]/u.exec(text)?.[0];
        if (first && !/[\u{10400}-\u{1044f}]/u.test(text)) {
            const wanted = /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first) ? "rtl" : "ltr";
            assert.equal(direction, wanted, text);
        }
    }
}

/** The first badge in the text can be reached by the Tab key, is seen to have the focus, and leads to its finding. */
async function keyboard(page) {
    const badge = page.locator("a.badge").first();
    const focused = () => badge.evaluate((it) => document.activeElement === it);
    for (let presses = 0; !(await focused()); presses += 1) {
        assert.ok(presses < 400, "the badge is out of reach");
        await page.keyboard.press("Tab");
    }
    assert.notEqual(await badge.evaluate((it) => getComputedStyle(it).outlineStyle), "none");
    const target = await badge.getAttribute("href");
    await page.keyboard.press("Enter");
    // The browser follows the link in its own time: a busy machine needs longer than the key press.
    await page.waitForFunction((target) => location.hash === target, target);
    assert.ok(await page.locator(target).isVisible());
    await page.evaluate(() => ((location.hash = ""), scrollTo(0, 0)));
}

/** What the page says, without a script and with the browser's scripting off. */
async function read() {
    const { context, page, noise } = await open({ javaScriptEnabled: false });
    const found = await page.locator(".finding").evaluateAll((all) =>
        all.map((card) => {
            const where = card.querySelector(".where");
            const [line, column] = where.querySelector("a").textContent.match(/\d+/g).map(Number);
            const rule = where.querySelectorAll("a, code")[1].textContent;
            const path = card.closest(".guide").querySelector("h2").textContent;
            return [rule, path, line, column, card.querySelector(".severity").textContent];
        }));
    assert.deepEqual(noise, []);
    await context.close();
    return found;
}

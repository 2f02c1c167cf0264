// The developer's drawer: calls of the Bot API, violations, faults, figures.

import { button, el, throttled, walkable } from "./dom.js";
import { botOf, calls, emu, world } from "./store.js";

const FAULTS = [
  ["429 on next send", { method: "sendMessage", code: 429, retry_after: 3 }],
  ["Lose next answer", { method: "sendMessage", kind: "lose" }],
  ["Drop next request", { method: "sendMessage", kind: "drop" }],
  ["502 HTML once", { method: "sendMessage", kind: "html" }],
  ["500 three times", { method: "*", code: 500, times: 3 }],
  ["403 once", { method: "sendMessage", code: 403 }],
  ["Delay 3 s", { method: "*", kind: "delay", delay: 3 }],
  ["Duplicate update", { kind: "duplicate" }],
  ["Reorder updates", { kind: "reorder" }],
  ["Poison update", { kind: "poison" }],
];
const TABS = ["Calls", "Violations", "Faults", "Clock", "Figures"];
const PACES = [1, 10, 60];

export class Drawer {
  constructor(node, opener) {
    this.node = node;
    this.opener = opener;
    this.tab = "Calls";
    this.draw = throttled(() => this.paint(), 200);
    setInterval(() => this.tick(), 500);
    walkable(node, () => this.toggle(), ".tab, .fault");
  }

  async toggle() {
    this.node.hidden = !this.node.hidden;
    document.body.classList.toggle("with-drawer", !this.node.hidden);
    this.opener.setAttribute("aria-expanded", String(!this.node.hidden));
    if (this.node.hidden) this.opener.focus();
    if (!this.node.hidden) await remember();
    this.paint();
  }

  happened(kind) {
    if (!this.node.hidden && ["call", "troubles", "world"].includes(kind)) this.draw();
  }

  async paint() {
    if (this.node.hidden) return;
    const focused = document.activeElement?.closest(".drawer") ? document.activeElement.textContent : "";
    const tabs = TABS.map((name) => {
      const tab = button(name === this.tab ? "tab active" : "tab", name, () => {
        this.tab = name;
        this.paint();
      });
      tab.setAttribute("aria-pressed", String(name === this.tab));
      return tab;
    });
    const close = button("tab", "✕", () => this.toggle(), "Close");
    const body = el("div", "drawer-body", ...(await this[this.tab.toLowerCase()]()));
    this.node.replaceChildren(el("div", "tabs", ...tabs, el("span", "grow"), close), body);
    const again = [...this.node.querySelectorAll("button")].find((each) => focused && each.textContent === focused);
    again?.focus();
  }

  calls() {
    return [table(calls.slice(-150).reverse())];
  }

  violations() {
    const found = calls.filter((each) => each.violations.length).reverse();
    return found.length ? [table(found)] : [el("p", "hint", "No request has broken the schema.")];
  }

  faults() {
    const plan = FAULTS.map(([label, fault]) => button("fault", label, () => emu("fault", fault)));
    const flood = button(world.floods ? "fault on" : "fault", `Flood limits: ${world.floods ? "on" : "off"}`,
      () => emu("floods", { on: !world.floods }));
    const waiting = world.faults.map((fault) => el("div", "waiting",
      el("code", "", `${fault.kind} ${fault.code || ""} ${fault.method} ×${fault.times}`),
      button("close", "✕", () => emu("forget", { id: fault.id }), "Forget")));
    return [
      el("div", "grid", ...plan, flood),
      el("h4", "", waiting.length ? "Waiting to happen" : "Nothing is about to go wrong"),
      ...waiting,
    ];
  }

  // Telegram's limits and waits pass as fast as the pace; a jump moves the time of messages.
  clock() {
    this.face = el("output", "clock-face");
    this.tick();
    const pace = PACES.map((times) => button(world.pace === times ? "fault on" : "fault", `×${times}`,
      () => emu("pace", { pace: times }), `Limits and waits pass ${times} times faster`));
    const jumps = [["+15 min", 900], ["+1 h", 3600], ["+1 day", 86400]].map(([label, seconds]) => button(
      "fault", label, () => emu("jump", { seconds }), `Let ${label.slice(1)} pass at once`));
    return [this.face, el("div", "grid", ...pace, ...jumps),
      el("p", "hint", "The pace is that of Telegram's limits and waits; a jump moves Telegram's clock, not the desk's.")];
  }

  tick() {
    if (this.node.hidden || this.tab !== "Clock" || !this.face) return;
    const now = new Date(world.now * 1000 + Date.now() - (world.at || Date.now()));
    this.face.textContent = `${now.toLocaleString("en-GB")} · ×${world.pace}`;
  }

  async figures() {
    const stats = await emu("stats");
    const { ok: _, ...shown } = stats;
    return [el("pre", "figures", JSON.stringify(shown, null, 2))];
  }
}

// The calls before the page was opened.
async function remember() {
  const known = new Set(calls.map((each) => each.id));
  const earlier = (await emu("calls", { limit: 200 })).calls;
  calls.unshift(...earlier.filter((each) => !known.has(each.id)));
}

function table(entries) {
  const rows = entries.map((each) => {
    const good = each.code === 200;
    const row = el("tr", good ? "" : "bad",
      el("td", "dim", new Date(each.at * 1000).toLocaleTimeString("en-GB")),
      el("td", "", `@${botOf(each.bot)?.username || each.bot}`),
      el("td", "method", each.method),
      el("td", "code", each.code ? String(each.code) : "lost"),
      el("td", "dim", `${each.milliseconds} ms`),
      el("td", "dim fields", each.description || JSON.stringify(each.fields)));
    if (each.violations.length) row.append(el("td", "violation", each.violations.join("; ")));
    if (each.fault) row.append(el("td", "violation", `fault: ${each.fault}`));
    return row;
  });
  return el("table", "calls", el("tbody", "", ...rows));
}

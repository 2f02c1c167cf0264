// The developer's drawer: calls of the Bot API, violations, faults, figures.

import { button, el, throttled } from "./dom.js";
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
const TABS = ["Calls", "Violations", "Faults", "Figures"];

export class Drawer {
  constructor(node) {
    this.node = node;
    this.tab = "Calls";
    this.draw = throttled(() => this.paint(), 200);
  }

  async toggle() {
    this.node.hidden = !this.node.hidden;
    document.body.classList.toggle("with-drawer", !this.node.hidden);
    if (!this.node.hidden && !calls.length) calls.push(...(await emu("calls", { limit: 200 })).calls);
    this.paint();
  }

  happened(kind) {
    if (!this.node.hidden && ["call", "troubles", "world"].includes(kind)) this.draw();
  }

  async paint() {
    if (this.node.hidden) return;
    const tabs = TABS.map((name) => button(name === this.tab ? "tab active" : "tab", name, () => {
      this.tab = name;
      this.paint();
    }));
    const close = button("tab", "✕", () => this.toggle(), "Close");
    const body = el("div", "drawer-body", ...(await this[this.tab.toLowerCase()]()));
    this.node.replaceChildren(el("div", "tabs", ...tabs, el("span", "grow"), close), body);
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
    const jump = button("fault", "Clock +1 h", () => emu("jump", { seconds: 3600 }));
    const waiting = world.faults.map((fault) => el("div", "waiting",
      el("code", "", `${fault.kind} ${fault.code || ""} ${fault.method} ×${fault.times}`),
      button("close", "✕", () => emu("forget", { id: fault.id }), "Forget")));
    return [
      el("div", "grid", ...plan, flood, jump),
      el("h4", "", waiting.length ? "Waiting to happen" : "Nothing is about to go wrong"),
      ...waiting,
    ];
  }

  async figures() {
    const stats = await emu("stats");
    const { ok: _, ...shown } = stats;
    return [el("pre", "figures", JSON.stringify(shown, null, 2))];
  }
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

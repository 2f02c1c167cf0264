// Dialogs: the browser's own, so that focus stays inside and Escape closes.

import { button, el, walkable } from "./dom.js";

function opened(title, ...parts) {
  const heading = el("h2", "", title);
  const node = el("dialog", "dialog", el("header", "", heading,
    button("close", "✕", () => node.close(), "Закрыть")), ...parts);
  node.setAttribute("aria-label", title);
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

// A form; `fields` are {name, label, value?, hint?, options?}. Nothing when it is left.
export function ask(title, fields, does = "Готово") {
  return new Promise((answer) => {
    const inputs = fields.map(({ name, label, value = "", hint = "", options = null }) => {
      const input = el(options ? "select" : "input");
      if (options) input.append(...options.map(([key, words]) => new Option(words, key)));
      input.name = name;
      if (value) input.value = value;
      input.required = !hint.startsWith("не обязательно");
      return el("label", "", el("span", "", label), input, hint ? el("small", "", hint) : null);
    });
    const form = el("form", "", ...inputs, el("button", "primary", does));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(Object.fromEntries(new FormData(form)));
      node.close();
    });
    const node = opened(title, form);
    node.addEventListener("close", () => answer(null));
    node.querySelector("input, select")?.focus();
  });
}

// A choice of one; `choices` are [value, label, about?].
export function choose(title, choices, empty = "Выбирать не из чего", extra = null) {
  return new Promise((answer) => {
    const items = choices.map(([value, label, about = ""]) => button("choice",
      el("span", "", el("b", "", label), about ? el("small", "", about) : null), () => {
        answer(value);
        node.close();
      }));
    const more = extra ? [button("primary", extra.label, () => {
      answer(extra.value);
      node.close();
    })] : [];
    const list = walkable(el("div", "choices", ...items));
    const node = opened(title, items.length ? list : el("p", "hint", empty), ...more);
    node.addEventListener("close", () => answer(null));
    (items[0] || more[0])?.focus();
  });
}

// A panel that stays until it is closed; `paint` gives its parts and may be called again.
export function panel(title, paint) {
  const body = el("div", "panel-body");
  const node = opened(title, body);
  node.classList.add("panel");
  const draw = async () => {
    const place = body.scrollTop;
    body.replaceChildren(...(await paint(draw)));
    body.scrollTop = place;
  };
  draw();
  return { node, draw };
}

export function show(title, ...parts) {
  return opened(title, ...parts);
}

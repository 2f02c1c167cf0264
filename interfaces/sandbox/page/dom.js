// Building elements, and small things that every screen needs.

export function el(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(className, label, onClick, title = "") {
  const node = el("button", className, label);
  node.type = "button";
  if (title) {
    node.title = title;
    node.setAttribute("aria-label", title);
  }
  node.addEventListener("click", onClick);
  return node;
}

const shown = new WeakMap();

// Give a node other children, unless they look as those it has: what is pressed stays in place.
export function renew(node, ...children) {
  const fresh = el("div", "", ...children);
  const looks = fresh.innerHTML;
  if (shown.get(node) === looks) return;
  shown.set(node, looks);
  node.replaceChildren(...fresh.childNodes);
}

// Arrow keys, Home and End go from button to button; Escape does what it is told.
export function walkable(node, onEscape = null, inside = "button:not([hidden])") {
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && onEscape) {
      event.stopPropagation();
      onEscape();
      return;
    }
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const all = [...node.querySelectorAll(inside)];
    const here = all.indexOf(document.activeElement);
    const place = { Home: 0, End: all.length - 1 }[event.key] ?? (step ? here + step : null);
    if (place === null || here < 0) return;
    event.preventDefault();
    all[(place + all.length) % all.length]?.focus();
  });
  return node;
}

const COLOURS = ["#c0504d", "#b8722c", "#7a62c9", "#4c8f33", "#2a8f92", "#3478b5", "#b8497f"];

export function colour(id) {
  return COLOURS[Math.abs(Number(id) || 0) % COLOURS.length];
}

export function avatar(id, name, size = "") {
  const letters = (name || "?").replace(/[^\p{L}\p{N} ]/gu, "").trim().split(/\s+/);
  const shown = letters.slice(0, 2).map((word) => [...word][0] || "").join("").toUpperCase();
  const node = el("span", `avatar ${size}`, shown || "•");
  node.setAttribute("aria-hidden", "true");
  node.style.background = `linear-gradient(160deg, ${colour(id)}cc, ${colour(id)})`;
  return node;
}

export function clock(seconds) {
  const when = new Date(seconds * 1000);
  return when.toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
}

export function plural(number, one, few, many) {
  const last = number % 10;
  const teen = number % 100 > 10 && number % 100 < 15;
  if (teen || last === 0 || last > 4) return `${number} ${many}`;
  return `${number} ${last === 1 ? one : few}`;
}

export function nameOf(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

export function throttled(act, pause = 80) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      act();
    }, pause);
  };
}

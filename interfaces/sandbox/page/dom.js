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

const COLOURS = ["#e17076", "#eda86c", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae"];

export function colour(id) {
  return COLOURS[Math.abs(Number(id) || 0) % COLOURS.length];
}

export function avatar(id, name, size = "") {
  const letters = (name || "?").replace(/[^\p{L}\p{N} ]/gu, "").trim().split(/\s+/);
  const shown = letters.slice(0, 2).map((word) => [...word][0] || "").join("").toUpperCase();
  const node = el("span", `avatar ${size}`, shown || "•");
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

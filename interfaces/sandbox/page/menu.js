// What can be done with a message: answer, quote, react, forward, change, delete.

import { button, el, walkable } from "./dom.js";

const EMOJI = ["👍", "❤", "🔥", "🎉", "🤔", "👎"];
let opened = null;
let opener = null;

function close() {
  opened?.remove();
  opened = null;
  if (opener?.isConnected) opener.focus();
  opener = null;
}

document.addEventListener("click", (event) => {
  if (opened && !opened.contains(event.target) && !event.target.closest(".more, .clip")) close();
});

// A menu at the place of an event; `items` are [label, act, className?].
export function popup(phone, event, items, above = null) {
  close();
  opener = event.currentTarget;
  const rows = items.map(([label, act, className = ""]) => {
    const row = button(`item ${className}`, label, () => {
      close();
      act();
    });
    row.setAttribute("role", "menuitem");
    return row;
  });
  opened = walkable(el("div", "menu", above, ...rows), close);
  opened.setAttribute("role", "menu");
  phone.screen.append(opened);
  const frame = phone.screen.getBoundingClientRect();
  const target = event.currentTarget.getBoundingClientRect();
  const x = event.clientX || target.left;
  const y = event.clientY || target.top;
  opened.style.left = `${Math.max(8, Math.min(x - frame.left, frame.width - opened.offsetWidth - 8))}px`;
  opened.style.top = `${Math.max(8, Math.min(y - frame.top, frame.height - opened.offsetHeight - 8))}px`;
  opened.querySelector("button")?.focus();
  return opened;
}

function selected(message) {
  const chosen = String(window.getSelection() || "").trim();
  const words = message.text || message.caption || "";
  return chosen && words.includes(chosen) ? chosen : words.slice(0, 120);
}

export function openMenu(phone, event, message, mine) {
  const quote = selected(message);
  const faces = EMOJI.map((emoji) => button("face", emoji, () => {
    close();
    phone.react(message, emoji);
  }, `Реакция ${emoji}`));
  const channel = message.chat.type === "channel";
  const items = [];
  if (!channel) items.push(["↩ Ответить", () => phone.composer.answer(message)]);
  if (!channel && quote) items.push(["❝ Ответить цитатой", () => phone.composer.answer(message, quote)]);
  if (channel && message.copy) items.push(["💬 Комментарии", () => phone.openThread(message)]);
  items.push(["↪ Переслать…", () => phone.forward(message)]);
  if (mine) {
    const canBeEdited = !message.forward_origin && !message.sticker && !message.voice;
    if (canBeEdited) items.push(["✎ Изменить", () => phone.composer.edit(message)]);
    if (message.photo) items.push(["⟳ Заменить фото", () => phone.swap(message)]);
    items.push(["🗑 Удалить", () => phone.remove(message), "danger"]);
  }
  popup(phone, event, items, el("div", "faces", ...faces));
}

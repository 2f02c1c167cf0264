// What can be done with a message: answer, react, change, delete.

import { button, el } from "./dom.js";

const EMOJI = ["👍", "❤", "🔥", "🎉", "🤔", "👎"];
let opened = null;

function close() {
  opened?.remove();
  opened = null;
}

document.addEventListener("click", (event) => {
  if (opened && !opened.contains(event.target) && !event.target.closest(".more")) close();
});

export function openMenu(phone, event, message, mine) {
  close();
  const does = (act) => () => {
    close();
    act();
  };
  const faces = EMOJI.map((emoji) => button("face", emoji, does(() => phone.react(message, emoji))));
  opened = el("div", "menu", el("div", "faces", ...faces));
  const silent = message.chat.type === "channel";
  if (!silent) opened.append(button("item", "↩ Ответить", does(() => phone.composer.answer(message))));
  if (message.chat.type === "channel" && message.copy) {
    opened.append(button("item", "💬 Комментарии", does(() => phone.openThread(message))));
  }
  if (mine) {
    opened.append(button("item", "✎ Изменить", does(() => phone.composer.edit(message))));
    opened.append(button("item danger", "🗑 Удалить", does(() => phone.remove(message))));
  }
  phone.screen.append(opened);
  const frame = phone.screen.getBoundingClientRect();
  const left = Math.min(event.clientX - frame.left, frame.width - opened.offsetWidth - 8);
  const top = Math.min(event.clientY - frame.top, frame.height - opened.offsetHeight - 8);
  opened.style.left = `${Math.max(8, left)}px`;
  opened.style.top = `${Math.max(8, top)}px`;
}

// The chats that a person sees in the phone, and how they are called.

import { avatar, button, clock, el, nameOf, plural } from "./dom.js";
import { author, told } from "./bubble.js";
import { botOf, chatOf, lastOf, memberOf, world } from "./store.js";

export function chatsOf(persona) {
  const shared = world.chats
    .filter((chat) => memberOf(chat, persona))
    .map((chat) => ({ key: chat.key, id: chat.id, name: chat.title, icon: chat.type === "channel" ? "📢" : "👥" }));
  const bots = world.bots.map((bot) => ({
    key: `${bot.id}:${persona}`, id: bot.id, name: bot.first_name, icon: "🤖",
  }));
  const when = (each) => lastOf(each.key)?.date || 0;
  return [...shared, ...bots].sort((one, other) => when(other) - when(one));
}

export function chatList(phone) {
  return chatsOf(phone.persona).map((chat) => {
    const last = lastOf(chat.key);
    const who = last && last.chat.type !== "private" ? `${author(last)}: ` : "";
    const words = last ? `${who}${told(last)}` : "Нет сообщений";
    const unread = phone.unread.get(chat.key);
    const top = el("div", "top", el("b", "grow", `${chat.icon} ${chat.name}`), el("small", "", last ? clock(last.date) : ""));
    const bottom = el("div", "top", el("span", "grow words", words.slice(0, 80)));
    if (unread) bottom.append(el("span", "count", String(unread)));
    const text = el("div", "grow lines", top, bottom);
    return button("entry", el("div", "in", avatar(chat.id, chat.name), text), () => phone.open(chat.key));
  });
}

export function titleOf(key, thread) {
  if (key.includes(":")) {
    const bot = botOf(Number(key.split(":")[0]));
    return { id: bot?.id, name: bot?.first_name || "Бот", about: `бот · @${bot?.username}` };
  }
  const chat = chatOf(Number(key));
  if (!chat) return { id: 0, name: "Чат", about: "" };
  if (thread) {
    const channel = chat.linked ? chatOf(chat.linked) : null;
    return { id: chat.id, name: "Комментарии", about: channel?.title || chat.title };
  }
  const present = chat.members.filter((each) => !["left", "kicked"].includes(each.status));
  const people = present.filter((each) => world.users.some((user) => user.id === each.user));
  const about = chat.type === "channel"
    ? `канал · ${plural(present.length, "подписчик", "подписчика", "подписчиков")}`
    : plural(present.length, "участник", "участника", "участников");
  const names = people.map((each) => nameOf(world.users.find((user) => user.id === each.user)));
  return { id: chat.id, name: chat.title, about, names };
}

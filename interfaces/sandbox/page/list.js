// The chats that a person sees in the phone, the topics of a forum, and how they are called.

import { avatar, button, clock, el, nameOf, plural } from "./dom.js";
import { botOf, chatOf, lastOf, memberOf, messagesOf, world } from "./store.js";
import { author, told } from "./text.js";

const ICONS = { channel: "📢", group: "👥", supergroup: "👥" };

export function chatsOf(persona) {
  const shared = world.chats
    .filter((chat) => memberOf(chat, persona))
    .map((chat) => ({ key: chat.key, id: chat.id, name: chat.title, icon: chat.is_forum ? "🗂" : ICONS[chat.type] }));
  const bots = world.bots.map((bot) => ({
    key: `${bot.id}:${persona}`, id: bot.id, name: bot.first_name, icon: "🤖",
  }));
  const when = (each) => lastOf(each.key)?.date || 0;
  return [...shared, ...bots].sort((one, other) => when(other) - when(one));
}

function entry(id, name, last, unread, open) {
  const who = last && last.chat.type !== "private" ? `${author(last)}: ` : "";
  const words = last ? `${who}${told(last)}` : "Нет сообщений";
  const top = el("div", "top", el("b", "grow", name), el("small", "", last ? clock(last.date) : ""));
  const bottom = el("div", "top", el("span", "grow words", words.slice(0, 80)));
  if (unread) bottom.append(el("span", "count", String(unread)));
  const text = el("div", "grow lines", top, bottom);
  return button("entry", el("div", "in", avatar(id, name.replace(/^\S+ /, "")), text), open);
}

export function chatList(phone) {
  return chatsOf(phone.persona).map((chat) => entry(
    chat.id, `${chat.icon} ${chat.name}`, lastOf(chat.key), phone.unread.get(chat.key),
    () => phone.open(chat.key),
  ));
}

export function topicList(phone) {
  const chat = chatOf(Number(phone.key));
  const inTopic = (id) => (each) => (id ? each.message_thread_id === id : !each.message_thread_id) && !each.deleted;
  const topics = [{ id: 0, name: "General", closed: false }, ...chat.topics].map((topic) => ({
    ...topic, last: messagesOf(phone.key).findLast(inTopic(topic.id)),
  }));
  topics.sort((one, other) => (other.last?.date || 0) - (one.last?.date || 0));
  return topics.map((topic) => entry(
    topic.id, `${topic.closed ? "🔒" : "#"} ${topic.name}`, topic.last, 0,
    () => phone.open(phone.key, { root: topic.id, topic, back: phone.key }),
  ));
}

export function titleOf(key, thread) {
  if (key.includes(":")) {
    const bot = botOf(Number(key.split(":")[0]));
    return { id: bot?.id, name: bot?.first_name || "Бот", about: `бот · @${bot?.username}` };
  }
  const chat = chatOf(Number(key));
  if (!chat) return { id: 0, name: "Чат", about: "" };
  if (thread?.topic) return { id: thread.root, name: `# ${thread.topic.name}`, about: `тема · ${chat.title}` };
  if (thread) {
    const channel = chat.linked ? chatOf(chat.linked) : null;
    return { id: chat.id, name: "Комментарии", about: channel?.title || chat.title };
  }
  const present = chat.members.filter((each) => !["left", "kicked"].includes(each.status));
  const people = present.filter((each) => world.users.some((user) => user.id === each.user));
  const about = chat.type === "channel"
    ? `канал · ${plural(present.length, "подписчик", "подписчика", "подписчиков")}`
    : `${chat.is_forum ? "форум · " : ""}${plural(present.length, "участник", "участника", "участников")}`;
  const names = people.map((each) => nameOf(world.users.find((user) => user.id === each.user)));
  return { id: chat.id, name: chat.title, about, names };
}

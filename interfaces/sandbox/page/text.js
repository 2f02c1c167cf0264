// Text with its entities, and how a message is told in one line.

import { el, nameOf } from "./dom.js";
import { isTelegrams } from "./links.js";

const WRAP = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const KINDS = {
  photo: "🖼 Фото", voice: "🎤 Голосовое сообщение", animation: "GIF", document: "📄 Файл",
  video: "🎬 Видео", audio: "🎵 Аудио", sticker: "Стикер", contact: "👤 Контакт",
  venue: "📍 Место", location: "📍 Геопозиция", video_note: "Видеосообщение",
  poll: "📊 Опрос", dice: "🎲", story: "История", checklist: "Список дел",
};

// Telegram counts entities in UTF-16 units, as JavaScript counts its strings.
export function formatted(text, entities = [], phone = null) {
  const fragment = document.createDocumentFragment();
  spread(fragment, text, entities, 0, text.length, phone);
  return fragment;
}

function spread(parent, text, entities, start, end, phone) {
  let place = start;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const stop = Math.min(first.offset + first.length, end);
    if (first.offset >= place && stop > first.offset) {
      parent.append(text.slice(place, first.offset));
      const node = wrapped(first, text.slice(first.offset, stop), phone);
      const inside = others.filter((each) => each.offset < stop);
      spread(node, text, inside, first.offset, stop, phone);
      parent.append(node);
      place = stop;
      rest = others.filter((each) => each.offset >= stop);
    } else rest = others;
  }
  parent.append(text.slice(place, end));
}

function wrapped(entity, text, phone) {
  const { type } = entity;
  if (type === "spoiler") return el("span", "spoiler");
  if (type === "custom_emoji" || type === "date_time") return el("span");
  if (WRAP[type]) return el(WRAP[type]);
  const node = el("a", "entity");
  node.href = "#";
  const address = entity.url || (type === "url" ? text : "");
  const telegrams = isTelegrams(address);
  if (/^https?:/.test(address) && !telegrams) {
    node.href = address;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return node;
  }
  node.addEventListener("click", (event) => {
    event.preventDefault();
    if (telegrams) phone?.follow(address);
    else if (text.toLowerCase() === "@botfather") phone?.openBotFather();
    else if (type === "mention") phone?.openBot(text.slice(1));
    else if (type === "bot_command") phone?.write(text);
  });
  return node;
}

export function told(message) {
  if (message.deleted) return "🗑 удалено";
  const words = message.text || message.caption;
  if (words) return words;
  const kind = Object.keys(KINDS).find((each) => message[each]);
  if (kind === "dice") return `${message.dice.emoji} ${message.dice.value}`;
  return kind ? KINDS[kind] : service(message) || "Сообщение";
}

export function service(message) {
  const who = message.from ? nameOf(message.from) : "Кто-то";
  const { forum_topic_edited: edited, chat_shared: shared } = message;
  if (message.deleted) return "🗑 Сообщение удалено";
  if (message.new_chat_members) return `${nameOf(message.new_chat_members[0])} теперь в группе`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} больше не в группе`;
  if (message.pinned_message) return `${who} закрепляет «${told(message.pinned_message).slice(0, 40)}»`;
  if (message.new_chat_title) return `Название: «${message.new_chat_title}»`;
  if (message.forum_topic_created) return `Тема «${message.forum_topic_created.name}» создана`;
  if (edited) return edited.name ? `Тема теперь «${edited.name}»` : "У темы другой значок";
  if (message.forum_topic_closed) return "Тема закрыта";
  if (message.forum_topic_reopened) return "Тема снова открыта";
  if (shared) return `${who} показывает боту чат${shared.title ? ` «${shared.title}»` : ""}`;
  if (message.migrate_to_chat_id) return "Группа стала супергруппой";
  if (message.migrate_from_chat_id) return "Супергруппа создана из группы";
  return "";
}

export function author(message) {
  return message.sender_chat?.title || (message.from ? nameOf(message.from) : message.chat.title);
}

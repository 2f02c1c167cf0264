// One message: text with its entities, media, quotation, buttons, reactions.

import { avatar, button, clock, colour, el, nameOf, plural } from "./dom.js";
import { botOf, isSpinning, press, userOf } from "./store.js";

const WRAP = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
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
  if (WRAP[type]) return el(WRAP[type]);
  const node = el("a", "entity");
  node.href = "#";
  const address = entity.url || (type === "url" ? text : "");
  const start = /^https?:\/\/t\.me\/(\w+)\?start=([\w-]+)/.exec(address);
  if (/^https?:/.test(address) && !start) {
    node.href = address;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return node;
  }
  node.addEventListener("click", (event) => {
    event.preventDefault();
    if (start) phone?.openBot(start[1], start[2]);
    else if (type === "bot_command") phone?.write(text);
  });
  return node;
}

const bytes = (size) => (size > 1e6 ? `${(size / 1e6).toFixed(1)} МБ`
  : size > 1e3 ? `${Math.round(size / 1e3)} КБ` : `${size} Б`);
const length = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const fileOf = (media) => `emu/file/${media.file_unique_id}`;

function picture(media, className) {
  const image = el("img", className);
  image.src = fileOf(media);
  image.alt = "фото";
  image.loading = "lazy";
  image.onerror = () => image.replaceWith(el("div", `${className} missing`, "🖼"));
  return image;
}

function file(icon, title, about, media) {
  const text = el("span", "file-text", el("b", "", title), el("small", "", about));
  const node = el("a", "file", el("span", "file-icon", icon), text);
  node.href = fileOf(media);
  node.download = title;
  return node;
}

function wave(media) {
  const bars = el("span", "wave");
  const seed = media.file_unique_id;
  for (let place = 0; place < 28; place += 1) {
    const bar = el("i");
    bar.style.height = `${5 + (seed.charCodeAt(place % seed.length) * (place + 3)) % 16}px`;
    bars.append(bar);
  }
  return el("div", "voice", el("span", "file-icon", "▶"), bars, el("small", "", length(media.duration)));
}

function media(message) {
  if (message.photo) return picture(message.photo.at(-1), "photo");
  if (message.animation) return file("GIF", message.animation.file_name, "анимация", message.animation);
  if (message.document) {
    return file("📄", message.document.file_name, bytes(message.document.file_size), message.document);
  }
  if (message.video) return file("🎬", message.video.file_name, length(message.video.duration), message.video);
  if (message.audio) {
    const { audio } = message;
    return file("🎵", audio.title || audio.file_name, audio.performer || length(audio.duration), audio);
  }
  if (message.voice) return wave(message.voice);
  if (message.video_note) return el("div", "round", "▶");
  if (message.sticker) return picture(message.sticker, "sticker");
  if (message.contact) {
    const { contact } = message;
    const text = el("span", "file-text", el("b", "", nameOf(contact)), el("small", "", contact.phone_number));
    return el("div", "file", avatar(contact.user_id, contact.first_name), text);
  }
  if (message.location) {
    const { latitude, longitude } = message.location;
    return el("div", "map", "📍", el("small", "", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`));
  }
  if (message.poll) {
    const options = message.poll.options.map((each) => el("div", "option", `○ ${each.text}`));
    return el("div", "poll", el("b", "", message.poll.question), ...options);
  }
  return message.dice ? el("div", "dice", `${message.dice.emoji} ${message.dice.value}`) : null;
}

export function told(message) {
  const words = message.text || message.caption;
  if (words) return words;
  const kinds = {
    photo: "🖼 Фото", voice: "🎤 Голосовое", document: "📄 Файл", video: "🎬 Видео", audio: "🎵 Аудио",
    sticker: "Стикер", contact: "👤 Контакт", location: "📍 Геопозиция", video_note: "Видеосообщение",
  };
  const kind = Object.keys(kinds).find((each) => message[each]);
  return kind ? kinds[kind] : service(message) || "Сообщение";
}

export function service(message) {
  const who = message.from ? nameOf(message.from) : "Кто-то";
  if (message.new_chat_members) return `${nameOf(message.new_chat_members[0])} теперь в группе`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} больше не в группе`;
  if (message.pinned_message) return `${who} закрепляет «${told(message.pinned_message).slice(0, 40)}»`;
  if (message.forum_topic_created) return `Тема «${message.forum_topic_created.name}» создана`;
  if (message.forum_topic_closed) return "Тема закрыта";
  if (message.forum_topic_reopened) return "Тема снова открыта";
  return "";
}

export function author(message) {
  return message.sender_chat?.title || (message.from ? nameOf(message.from) : message.chat.title);
}

function keyboard(message, phone) {
  const rows = message.reply_markup.inline_keyboard.map((row) => {
    const buttons = row.map((each) => {
      const node = button(`key ${each.style || ""}`, each.text, () => {
        if (each.url) phone.follow(each.url);
        else if (each.callback_data) phone.attempt(press(phone.persona, message, each.callback_data));
      });
      if (each.url) node.classList.add("outward");
      if (isSpinning(phone.persona, message, each.callback_data)) node.classList.add("spinning");
      return node;
    });
    return el("div", "row", ...buttons);
  });
  return el("div", "keyboard", ...rows);
}

function reactions(message, phone) {
  const counts = new Map();
  for (const [who, given] of Object.entries(message.reactions || {})) {
    for (const { emoji } of given) {
      const known = counts.get(emoji) || { count: 0, mine: false };
      counts.set(emoji, { count: known.count + 1, mine: known.mine || Number(who) === phone.persona });
    }
  }
  if (!counts.size) return null;
  const chips = [...counts].map(([emoji, { count, mine }]) => button(
    `chip ${mine ? "mine" : ""}`, `${emoji} ${count}`, () => phone.react(message, mine ? null : emoji),
  ));
  return el("div", "reactions", ...chips);
}

function quotation(message) {
  const quoted = message.reply_to_message;
  if (!quoted || quoted.message_id === message.message_thread_id) return null;
  const node = el("div", "quote", el("b", "", author(quoted)), el("span", "", told(quoted).slice(0, 90)));
  node.style.setProperty("--mark", colour(quoted.sender_chat?.id ?? quoted.from?.id));
  return node;
}

function head(message, mine) {
  if (message.chat.type === "private" || mine) return null;
  const id = message.sender_chat?.id ?? message.from?.id;
  const node = el("div", "author", author(message));
  node.style.color = colour(id);
  if (botOf(message.from?.id)) node.append(el("span", "badge", "бот"));
  if (message.is_automatic_forward) node.append(el("span", "badge", "пост канала"));
  return node;
}

export function bubble(message, phone, { inThread = false } = {}) {
  const said = service(message);
  if (said) return el("div", "service", said);
  const mine = message.writer_id === phone.persona && message.chat.type !== "channel";
  const words = message.text ?? message.caption ?? "";
  const entities = message.entities || message.caption_entities || [];
  const signature = message.author_signature ? `${message.author_signature}, ` : "";
  const mark = `${message.pinned ? "📌 " : ""}${message.edit_date ? "изменено " : ""}`;
  const meta = el("span", "meta", `${mark}${signature}${clock(message.date)}`);
  const body = el("div", "bubble", head(message, mine), quotation(message), media(message));
  if (words) body.append(el("div", "text", formatted(words, entities, phone), meta));
  else body.append(meta);
  const given = reactions(message, phone);
  if (given) body.append(given);
  if (message.chat.type === "channel" && message.copy && !inThread) {
    const label = message.comments
      ? plural(message.comments, "комментарий", "комментария", "комментариев") : "Комментировать";
    body.append(button("comments", el("span", "", `💬 ${label}`), () => phone.openThread(message)));
  }
  body.addEventListener("contextmenu", (event) => phone.menu(event, message, mine));
  const more = button("more", "⋯", (event) => phone.menu(event, message, mine), "Действия");
  const column = el("div", "column", body);
  if (message.reply_markup?.inline_keyboard) column.append(keyboard(message, phone));
  const shown = message.chat.type !== "private" && !mine && message.chat.type !== "channel";
  const face = shown ? avatar(message.sender_chat?.id ?? message.from?.id, author(message), "small") : null;
  const node = el("div", `message ${mine ? "mine" : ""} ${message.photo || message.sticker ? "wide" : ""}`, face, column, more);
  if (message.is_automatic_forward && inThread) node.classList.add("root");
  if (!userOf(phone.persona)) more.hidden = true;
  return node;
}

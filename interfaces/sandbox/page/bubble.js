// One message, or an album as one: author, quotation, content, buttons, reactions.

import { avatar, button, clock, colour, el, nameOf, plural } from "./dom.js";
import { isPicture, media } from "./media.js";
import { botOf, isSpinning, press } from "./store.js";
import { author, formatted, service, told } from "./text.js";

function keyboard(message, phone) {
  const rows = message.reply_markup.inline_keyboard.map((row) => {
    const buttons = row.map((each) => {
      const node = button(`key ${each.style || ""}`, each.text, () => {
        if (each.url) phone.follow(each.url);
        else if (each.callback_data) phone.attempt(press(phone.persona, message, each.callback_data));
      });
      if (each.url) node.classList.add("outward");
      if (each.disabled) node.disabled = true;
      if (isSpinning(phone.persona, message, each.callback_data)) {
        node.classList.add("spinning");
        node.setAttribute("aria-busy", "true");
      }
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
  const chips = [...counts].map(([emoji, { count, mine }]) => {
    const chip = button(`chip ${mine ? "mine" : ""}`, `${emoji} ${count}`,
      () => phone.react(message, mine ? null : emoji), `Реакция ${emoji}: ${count}`);
    chip.setAttribute("aria-pressed", String(mine));
    return chip;
  });
  return el("div", "reactions", ...chips);
}

function quotation(message) {
  const quoted = message.reply_to_message;
  const isBeginning = quoted && quoted.message_id === message.message_thread_id;
  if (!quoted || (isBeginning && !message.quote)) return null;
  const words = message.quote ? `❝${message.quote.text}❞` : told(quoted).slice(0, 90);
  const node = el("div", "quote", el("b", "", author(quoted)), el("span", "", words));
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

function origin(message) {
  const { forward_origin: from, via_bot: via } = message;
  const parts = [];
  if (from && !message.is_automatic_forward) {
    const who = from.sender_user ? nameOf(from.sender_user)
      : from.sender_user_name || from.chat?.title || from.sender_chat?.title;
    parts.push(`Переслано от: ${who}`);
  }
  if (via) parts.push(`через @${via.username}`);
  return parts.length ? el("div", "origin", parts.join(" · ")) : null;
}

function content(message, album, phone, mine) {
  if (album.length < 2) return media(message);
  const tiles = album.map((each, place) => {
    const tile = el("div", "tile", media(each));
    tile.tabIndex = 0;
    tile.setAttribute("role", "button");
    tile.setAttribute("aria-label", `Альбом, ${place + 1} из ${album.length}: действия`);
    const act = (event) => {
      event.stopPropagation();
      phone.menu(event, each, mine);
    };
    tile.addEventListener("contextmenu", act);
    tile.addEventListener("keydown", (event) => {
      if (event.key === "Enter") act(event);
    });
    return tile;
  });
  return el("div", album.every(isPicture) ? "album" : "album stacked", ...tiles);
}

function commentsOf(message, phone) {
  const label = message.comments
    ? plural(message.comments, "комментарий", "комментария", "комментариев") : "Комментировать";
  return button("comments", el("span", "", `💬 ${label}`), () => phone.openThread(message));
}

export function bubble(message, phone, { inThread = false, album = [message] } = {}) {
  const said = service(message);
  if (said) return el("div", message.deleted ? "service gone" : "service", said);
  const channel = message.chat.type === "channel";
  const mine = message.writer_id === phone.persona && !channel;
  const worded = album.find((each) => each.text || each.caption) || message;
  const words = worded.text ?? worded.caption ?? "";
  const signature = message.author_signature ? `${message.author_signature}, ` : "";
  const edited = album.some((each) => each.edit_date) ? "изменено " : "";
  const once = message.view_once ? "① исчезнет " : "";
  const meta = el("span", "meta", `${message.pinned ? "📌 " : ""}${once}${edited}${signature}${clock(message.date)}`);
  const body = el("div", "bubble", head(message, mine), origin(message), quotation(message), content(message, album, phone, mine));
  if (words) body.append(el("div", "text", formatted(words, worded.entities || worded.caption_entities, phone), meta));
  else body.append(meta);
  const given = reactions(message, phone);
  if (given) body.append(given);
  if (channel && message.copy && !inThread) body.append(commentsOf(message, phone));
  body.addEventListener("contextmenu", (event) => phone.menu(event, message, mine));
  const more = button("more", "⋯", (event) => phone.menu(event, message, mine), `Действия: ${told(message).slice(0, 40)}`);
  const column = el("div", "column", body);
  if (message.reply_markup?.inline_keyboard) column.append(keyboard(message, phone));
  const faced = message.chat.type !== "private" && !mine && !channel;
  const face = faced ? avatar(message.sender_chat?.id ?? message.from?.id, author(message), "small") : null;
  const node = el("article", `message ${mine ? "mine" : ""}`, face, column, more);
  if (message.sticker || message.video_note) node.classList.add("bare");
  if (message.reply_markup) node.classList.add("keyed");
  if (message.is_automatic_forward && inThread) node.classList.add("root");
  return node;
}

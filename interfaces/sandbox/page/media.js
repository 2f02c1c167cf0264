// What is shown of photos, files, voices, places, polls and the rest.

import { avatar, el, nameOf } from "./dom.js";

const bytes = (size) => (size > 1e6 ? `${(size / 1e6).toFixed(1)} МБ`
  : size > 1e3 ? `${Math.round(size / 1e3)} КБ` : `${size} Б`);
const length = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const fileOf = (media) => `emu/file/${media.file_unique_id}`;

function picture(media, className, words) {
  const image = el("img", className);
  image.src = fileOf(media);
  image.alt = words;
  image.onerror = () => {
    const missing = el("div", `${className} missing`, className === "sticker" ? "🙂" : "🖼");
    missing.setAttribute("role", "img");
    missing.setAttribute("aria-label", words);
    image.replaceWith(missing);
  };
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
  const node = el("div", "voice", el("span", "file-icon", "▶"), bars, el("small", "", length(media.duration)));
  node.setAttribute("aria-label", `Голосовое, ${length(media.duration)}`);
  return node;
}

function place({ latitude, longitude, live_period: live }, title = "", address = "") {
  const pin = el("span", "pin", live ? "🔵" : "📍");
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const map = el("div", "map", pin);
  const words = title ? [el("b", "", title), el("small", "", address)] : [el("small", "", where)];
  if (live) words.push(el("small", "", "транслируется"));
  return el("div", "place", map, ...words);
}

function poll({ question, options, type, is_closed: closed, total_voter_count: votes }) {
  const kind = `${type === "quiz" ? "Викторина" : "Опрос"}${closed ? " · закрыт" : ""}`;
  const rows = options.map((each) => el("div", "option", el("i"), el("span", "grow", each.text), el("small", "", String(each.voter_count))));
  return el("div", "poll", el("b", "", question), el("small", "", `${kind} · голосов: ${votes}`), ...rows);
}

export function media(message) {
  if (message.live_photo) return el("div", "live", picture(message.photo.at(-1), "photo", "живое фото"), el("span", "mark", "LIVE"));
  if (message.photo) return picture(message.photo.at(-1), "photo", "фото");
  if (message.animation) return file("GIF", message.animation.file_name || "анимация", "анимация", message.animation);
  if (message.document) {
    return file("📄", message.document.file_name, bytes(message.document.file_size), message.document);
  }
  if (message.video) return file("🎬", message.video.file_name || "видео", length(message.video.duration), message.video);
  if (message.audio) {
    const { audio } = message;
    return file("🎵", audio.title || audio.file_name, audio.performer || length(audio.duration), audio);
  }
  if (message.voice) return wave(message.voice);
  if (message.video_note) {
    const round = el("div", "round", "▶");
    round.setAttribute("aria-label", "Видеосообщение");
    return round;
  }
  if (message.sticker) return picture(message.sticker, "sticker", "стикер");
  if (message.contact) {
    const { contact } = message;
    const text = el("span", "file-text", el("b", "", nameOf(contact)), el("small", "", contact.phone_number));
    return el("div", "file", avatar(contact.user_id, contact.first_name), text);
  }
  if (message.venue) return place(message.location, message.venue.title, message.venue.address);
  if (message.location) return place(message.location);
  if (message.poll) return poll(message.poll);
  return message.dice ? el("div", "dice", `${message.dice.emoji} ${message.dice.value}`) : null;
}

export const isPicture = (message) => Boolean(message.photo || message.video);

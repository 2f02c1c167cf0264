// Writing: text, files, a pretended voice message, answers, and the bot's own keyboard.

import { button, el } from "./dom.js";
import { author, told } from "./bubble.js";
import { botOf, isBlocked } from "./store.js";

const KINDS = [["image/gif", "animation"], ["image/", "photo"], ["video/", "video"], ["audio/", "audio"]];

async function base64(file) {
  const url = await new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

async function mediaOf(file) {
  const kind = KINDS.find(([mime]) => file.type.startsWith(mime))?.[1] || "document";
  return { kind, name: file.name, mime: file.type, b64: await base64(file) };
}

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.answering = null;
    this.editing = null;
    this.input = el("textarea", "field");
    this.input.rows = 1;
    this.input.placeholder = "Сообщение";
    this.input.addEventListener("input", () => this.grow());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.submit();
      }
      if (event.key === "Escape") this.forget();
    });
    this.files = el("input");
    this.files.type = "file";
    this.files.multiple = true;
    this.files.hidden = true;
    this.files.addEventListener("change", () => this.attach());
    this.above = el("div", "above");
    this.keys = el("div", "keys");
    this.action = button("round-button send", "➤", () => this.submit(), "Отправить");
    this.voice = button("round-button", "🎤", () => this.speak(), "Голосовое (имитация)");
    this.commands = button("round-button commands", "/", () => this.list(), "Команды бота");
    const clip = button("round-button", "📎", () => this.files.click(), "Прикрепить");
    this.line = el("div", "line", this.commands, clip, this.input, this.voice, this.action, this.files);
    this.node = el("footer", "composer", this.above, this.line, this.keys);
    this.grow();
  }

  grow() {
    this.input.style.height = "auto";
    const wanted = Math.min(this.input.scrollHeight, 96);
    if (wanted) this.input.style.height = `${wanted}px`;
    const empty = !this.input.value.trim();
    this.action.hidden = empty;
    this.voice.hidden = !empty;
  }

  show({ key, silent, keyboard }) {
    this.node.hidden = false;
    const bot = key.includes(":") ? botOf(Number(key.split(":")[0])) : null;
    this.commands.hidden = !bot?.commands?.length;
    this.line.hidden = Boolean(silent);
    this.node.querySelector(".instead")?.remove();
    if (silent) this.node.prepend(silent);
    this.keys.replaceChildren();
    for (const row of (!silent && keyboard?.keyboard) || []) {
      const buttons = row.map((each) => {
        const text = typeof each === "string" ? each : each.text;
        return button("key", text, () => this.pressed(each, text));
      });
      this.keys.append(el("div", "row", ...buttons));
    }
  }

  pressed(each, text) {
    if (each.request_contact) return this.phone.say({ contact: this.phone.ownContact() });
    if (each.request_location) {
      return this.phone.say({ location: { latitude: 55.7558, longitude: 37.6173 } });
    }
    return this.phone.say({ text });
  }

  hide() {
    this.node.hidden = true;
  }

  answer(message) {
    this.forget();
    this.answering = message;
    this.banner("Ответ", author(message), told(message));
  }

  edit(message) {
    this.forget();
    this.editing = message;
    this.input.value = message.text ?? message.caption ?? "";
    this.banner("Изменение", "", told(message));
    this.grow();
  }

  banner(what, who, words) {
    const text = el("div", "", el("b", "", who ? `${what} · ${who}` : what), el("span", "", words));
    this.above.replaceChildren(text, button("close", "✕", () => this.forget(), "Отменить"));
    this.input.focus();
  }

  forget() {
    this.answering = null;
    if (this.editing) this.input.value = "";
    this.editing = null;
    this.above.replaceChildren();
    this.grow();
  }

  list() {
    const bot = botOf(Number(this.phone.key.split(":")[0]));
    const items = bot.commands.map(({ command, description }) => button(
      "command", el("span", "", el("b", "", `/${command}`), ` ${description}`),
      () => {
        this.above.replaceChildren();
        this.phone.say({ text: `/${command}` });
      },
    ));
    const shown = this.above.querySelector(".list");
    this.above.replaceChildren(...(shown ? [] : [el("div", "list", ...items)]));
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const { answering, editing } = this;
    this.input.value = "";
    this.editing = null;
    this.forget();
    if (editing) this.phone.rewrite(editing, text);
    else this.phone.say({ text, reply_to: answering?.message_id });
  }

  async attach() {
    const chosen = [...this.files.files].slice(0, 10);
    this.files.value = "";
    if (!chosen.length) return;
    const pieces = await Promise.all(chosen.map(mediaOf));
    const caption = this.input.value.trim();
    const reply_to = this.answering?.message_id;
    this.input.value = "";
    this.forget();
    this.phone.say(pieces.length > 1
      ? { album: pieces, caption, reply_to } : { media: pieces[0], caption, reply_to });
  }

  speak() {
    const noise = Array.from({ length: 2000 }, () => String.fromCharCode(Math.random() * 256)).join("");
    const media = { kind: "voice", name: "voice.oga", b64: btoa(noise), duration: 2 + noise.charCodeAt(0) % 20 };
    this.phone.say({ media, reply_to: this.answering?.message_id });
    this.forget();
  }

  static silence(key, phone) {
    if (isBlocked(key)) {
      return el("div", "instead", button("wide-button", "Разблокировать", () => phone.block(false)));
    }
    return null;
  }
}

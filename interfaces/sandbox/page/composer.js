// Writing: text, attachments, answers, and the bot's own keyboard.

import { mediaOf, samples } from "./attachments.js";
import { choose } from "./dialog.js";
import { button, el, renew, walkable } from "./dom.js";
import { popup } from "./menu.js";
import { chatOf, emu, isBlocked, menuOf } from "./store.js";
import { author, told } from "./text.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.forget_();
    this.input = el("textarea", "field");
    this.input.rows = 1;
    this.input.placeholder = "Сообщение";
    this.input.setAttribute("aria-label", `Сообщение, ${phone.label}`);
    this.input.addEventListener("input", () => this.grow());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
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
    this.keys = walkable(el("div", "keys"));
    this.action = button("round-button send", "➤", () => this.submit(), "Отправить");
    this.commands = button("round-button commands", "/", () => this.list(), "Команды бота");
    const clip = button("round-button clip", "📎", (event) => {
      event.stopPropagation();
      popup(phone, event, samples(phone));
    }, "Прикрепить");
    clip.setAttribute("aria-haspopup", "menu");
    this.line = el("div", "line", this.commands, clip, this.input, this.action, this.files);
    this.silent = el("div");
    this.node = el("footer", "composer", this.silent, this.above, this.line, this.keys);
    this.grow();
  }

  grow() {
    this.input.style.height = "auto";
    const wanted = Math.min(this.input.scrollHeight, 96);
    if (wanted) this.input.style.height = `${wanted}px`;
    this.action.disabled = !this.input.value.trim();
  }

  show({ key, silent, keyboard }) {
    this.node.hidden = false;
    this.commands.hidden = !key.includes(":") || !menuOf(key).commands.length;
    this.line.hidden = Boolean(silent);
    renew(this.silent, silent);
    const rows = ((!silent && keyboard?.keyboard) || []).map((row) => el("div", "row", ...row.map((each) => {
      const text = typeof each === "string" ? each : each.text;
      const node = button(`key ${each.style || ""}`, text, () => this.pressed(each, text));
      node.dataset.asks = each.request_chat?.request_id ?? "";
      return node;
    })));
    renew(this.keys, ...rows);
    const hint = !silent && keyboard?.input_field_placeholder;
    this.input.placeholder = hint || "Сообщение";
  }

  pressed(each, text) {
    if (each.request_contact) return this.phone.say({ contact: this.phone.ownContact() });
    if (each.request_location) {
      return this.phone.say({ location: { latitude: 55.7558, longitude: 37.6173 } });
    }
    if (each.request_chat) return this.share(each.request_chat);
    return this.phone.say({ text });
  }

  async share({ request_id }) {
    const { phone } = this;
    const place = { ...phone.place(), request_id };
    const found = await phone.attempt(emu("sharable", place));
    if (!found) return;
    const offered = found.chats.map((chat) => [chat.id, chat.title, chatOf(chat.id)?.linked ? "с обсуждением" : ""]);
    const chat = await choose("Выберите чат", offered, "Подходящих чатов нет: нужен такой, где у вас есть права. Создайте его в BotFather.");
    if (chat) await phone.attempt(emu("share", { ...place, chat }));
    this.input.focus();
  }

  hide() {
    this.node.hidden = true;
  }

  answer(message, quote = "") {
    this.forget();
    this.answering = message;
    this.quoting = quote;
    this.banner(quote ? "Цитата" : "Ответ", author(message), quote || told(message));
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

  forget_() {
    this.answering = null;
    this.quoting = "";
    this.editing = null;
  }

  forget() {
    if (this.editing) this.input.value = "";
    this.forget_();
    this.above.replaceChildren();
    this.grow();
  }

  list() {
    const shown = this.above.querySelector(".list");
    const close = () => {
      this.above.replaceChildren();
      this.commands.focus();
    };
    if (shown) return close();
    const items = menuOf(this.phone.key).commands.map(({ command, description }) => button(
      "command", el("span", "", el("b", "", `/${command}`), ` ${description}`),
      () => {
        this.above.replaceChildren();
        this.phone.say({ text: `/${command}` });
      },
    ));
    this.above.replaceChildren(walkable(el("div", "list", ...items), close));
    return items[0]?.focus();
  }

  // What goes along with anything that is sent now: the answered message and its quoted part.
  context() {
    const { answering, quoting } = this;
    this.forget();
    return answering ? { reply_to: answering.message_id, ...(quoting ? { quote: quoting } : {}) } : {};
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const { editing } = this;
    this.input.value = "";
    this.editing = null;
    const context = this.context();
    if (editing) this.phone.rewrite(editing, { text });
    else this.phone.say({ text, ...context });
  }

  async attach() {
    const chosen = [...this.files.files].slice(0, 10);
    this.files.value = "";
    if (!chosen.length) return;
    const pieces = await Promise.all(chosen.map(mediaOf));
    this.phone.send(pieces.length > 1 ? { album: pieces } : { media: pieces[0] });
  }

  // The words that stand in the field become the caption of what is attached.
  caption() {
    const caption = this.input.value.trim();
    this.input.value = "";
    this.grow();
    return caption ? { caption } : {};
  }

  static silence(key, phone) {
    if (isBlocked(key)) {
      return el("div", "instead", button("wide-button", "Разблокировать", () => phone.block(false)));
    }
    return null;
  }
}

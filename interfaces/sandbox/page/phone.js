// A phone: one person's list of chats, an open chat, the topics of a forum, or the comments of a post.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, button, el, nameOf, renew, throttled, walkable } from "./dom.js";
import { chatList, chatsOf, titleOf, topicList } from "./list.js";
import { openMenu } from "./menu.js";
import { Person } from "./person.js";
import {
  chatOf, emu, isBlocked, lastOf, load, memberOf, menuOf, messageOf, messagesOf, world,
} from "./store.js";
import { follow } from "./links.js";
import { told } from "./text.js";

export class Phone extends Person {
  constructor(label, icon, persona, chooseFirst, invite) {
    super();
    this.label = label;
    this.persona = persona;
    this.chooseFirst = chooseFirst;
    this.key = null;
    this.thread = null;
    this.unread = new Map();
    this.nodes = new Map();
    this.who = el("select", "who");
    this.who.setAttribute("aria-label", `${label}: чей это телефон`);
    this.who.addEventListener("change", () => this.become(Number(this.who.value)));
    this.title = el("div", "title");
    this.pins = el("div", "pins");
    this.body = walkable(el("div", "body"), null, ".entry, .more, .tile");
    this.toast = el("div", "toast");
    this.toast.hidden = true;
    this.composer = new Composer(this);
    this.add = button("add", "+", () => invite(this), `Новый человек: ${label}`);
    const top = el("div", "owner", el("span", "role", `${icon} ${label}`), this.who, this.add);
    this.screen = el("div", "screen", this.title, this.pins, this.body, this.composer.node, this.toast);
    this.node = el("section", "phone", top, this.screen);
    this.node.setAttribute("aria-label", `Телефон: ${label}`);
    this.draw = throttled(() => this.paint());
    this.body.addEventListener("scroll", () => { this.ending = this.isAtEnd(); });
    new ResizeObserver(() => this.ending && this.toEnd()).observe(this.body);
  }

  say_(text, alert = false) {
    const close = () => {
      this.toast.hidden = true;
      this.composer.input.focus();
    };
    const ok = alert ? button("ok", "OK", close) : null;
    this.toast.replaceChildren(el("span", "", text));
    this.toast.className = alert ? "toast alert" : "toast";
    this.toast.setAttribute("role", alert ? "alertdialog" : "status");
    this.toast.hidden = false;
    clearTimeout(this.fading);
    if (ok) {
      this.toast.append(ok);
      walkable(this.toast, close);
      ok.focus();
    } else this.fading = setTimeout(() => { this.toast.hidden = true; }, 3500);
  }

  become(persona) {
    this.persona = persona;
    this.unread.clear();
    this.open(this.chooseFirst(this));
  }

  open(key, thread = null) {
    this.key = key;
    this.thread = thread;
    this.nodes.clear();
    renew(this.body, "…");
    this.composer.forget();
    this.atEnd = true;
    if (key) {
      this.unread.delete(key);
      load(key);
    } else for (const each of chatsOf(this.persona)) load(each.key);
    this.paint();
  }

  openThread(post) {
    this.open(String(post.copy.chat), { root: post.copy.message_id, post: post.message_id, back: this.key });
  }

  // Opens the chat with a bot; with a payload, /start is sent along.
  openBot(username, payload = null) {
    const bot = world.bots.find((each) => each.username.toLowerCase() === username.toLowerCase());
    if (!bot) return this.say_("Такого бота в симуляции нет");
    this.open(`${bot.id}:${this.persona}`);
    return payload === null ? null
      : this.attempt(emu("start", { user: this.persona, bot: bot.id, payload }));
  }

  follow(url) {
    return follow(this, url);
  }

  menu(event, message, mine) {
    event.preventDefault();
    openMenu(this, event, message, mine);
  }

  happened(kind, event) {
    if (kind === "call") return;
    if (kind === "answer" && event.user === this.persona) {
      if (event.text) this.say_(event.text, event.show_alert);
      if (event.url) this.follow(event.url);
    }
    const message = kind === "message" ? event.message : null;
    if (message && message.chat_key !== this.key && message.writer_id !== this.persona) {
      this.unread.set(message.chat_key, (this.unread.get(message.chat_key) || 0) + 1);
    }
    const key = event.chat_key ?? event.message?.chat_key;
    if (!key || key === this.key || !this.key) this.draw();
  }

  paint() {
    const people = world.users.map((user) => new Option(nameOf(user), user.id));
    renew(this.who, ...people);
    this.who.value = this.persona;
    if (!this.key) this.paintList("Чаты", chatList(this));
    else if (chatOf(Number(this.key))?.is_forum && !this.thread) this.paintList("", topicList(this));
    else this.paintChat();
  }

  paintList(title, entries) {
    renew(this.title, ...(title ? [el("b", "grow", title)] : this.heading()));
    renew(this.pins);
    this.composer.hide();
    this.body.className = "body list";
    this.body.removeAttribute("role");
    const focused = [...this.body.children].indexOf(document.activeElement);
    renew(this.body, ...entries);
    if (focused >= 0) this.body.children[focused]?.focus();
  }

  heading() {
    const { id, name, about } = titleOf(this.key, this.thread);
    const back = button("back", "‹", () => this.open(this.thread?.back ?? null), "Назад");
    const parts = [back, avatar(id, name, "small"), el("div", "grow name", el("b", "", name), el("small", "", about))];
    if (this.key.includes(":") && lastOf(this.key) && !isBlocked(this.key)) {
      parts.push(button("back dim", "⊘", () => this.block(true), "Заблокировать бота"));
    }
    return parts;
  }

  paintChat() {
    renew(this.title, ...this.heading());
    const pinned = messagesOf(this.key).filter((each) => each.pinned && !each.deleted).at(-1);
    renew(this.pins, ...(pinned && !this.thread
      ? [el("b", "", "Закреплено"), el("span", "", told(pinned).slice(0, 70))] : []));
    const end = this.isAtEnd();
    const asking = this.keyboard();
    this.composer.show({ key: this.key, silent: this.silence(), keyboard: asking?.keyboard });
    const forced = `${this.key}:${asking?.message_id}`;
    if (asking?.keyboard.force_reply && this.forced !== forced) {
      this.forced = forced;
      this.composer.answer(asking);
    }
    this.paintMessages();
    if (end || this.atEnd) this.toEnd();
    this.atEnd = false;
  }

  // The message whose keyboard stands in place of the person's own.
  keyboard() {
    const all = messagesOf(this.key);
    const last = all.findLast((each) => each.keyboard && !each.deleted);
    if (!last) return null;
    const used = all.some((each) => each.writer_id === this.persona && each.message_id > last.message_id);
    return used && (last.keyboard.one_time_keyboard || last.keyboard.force_reply) ? null : last;
  }

  silence() {
    const chat = this.key.includes(":") ? null : chatOf(Number(this.key));
    const hint = (words) => el("div", "instead", el("span", "hint", words));
    if (!chat) {
      const bot = Number(this.key.split(":")[0]);
      if (messagesOf(this.key).length) return Composer.silence(this.key, this);
      const start = () => this.attempt(emu("start", { user: this.persona, bot }));
      return el("div", "instead", button("wide-button", "Запустить", start));
    }
    const member = memberOf(chat, this.persona);
    const admin = ["creator", "administrator"].includes(member?.status);
    if (chat.type === "channel" && !admin) return hint("Пишут администраторы канала, остальные — в комментариях");
    if (this.thread?.topic?.closed && !admin) return hint("Тема закрыта");
    return member || this.thread ? null : hint("Вы не в этой группе");
  }

  isShown(message) {
    if (!this.thread) return true;
    if (this.thread.topic && !this.thread.root) return !message.message_thread_id;
    return message.message_id === this.thread.root || message.message_thread_id === this.thread.root;
  }

  paintMessages() {
    this.body.className = "body chat";
    this.body.setAttribute("role", "log");
    const groups = [];
    for (const message of messagesOf(this.key).filter((each) => this.isShown(each)).slice(-150)) {
      const before = groups.at(-1);
      const joins = message.media_group_id && !message.deleted && before?.[0].media_group_id === message.media_group_id;
      if (joins) before.push(message);
      else groups.push([message]);
    }
    const kept = new Map();
    for (const album of groups) {
      const version = album.map((each) => each.version).join();
      const known = this.nodes.get(album[0].message_id);
      const node = known?.version === version
        ? known.node : bubble(album[0], this, { inThread: Boolean(this.thread), album });
      kept.set(album[0].message_id, { node, version });
    }
    this.nodes = kept;
    const nodes = [...kept.values()].map((each) => each.node);
    if (!nodes.length) {
      const described = this.key.includes(":") ? menuOf(this.key).description : "";
      nodes.push(el("div", "service", described || "Здесь пока ничего нет"));
    }
    const focused = document.activeElement;
    this.body.replaceChildren(...nodes);
    if (focused !== document.activeElement && focused.isConnected) focused.focus();
    if (this.thread?.root && !messageOf(this.key, this.thread.root)) load(this.key);
  }

  isAtEnd() {
    return this.body.scrollHeight - this.body.scrollTop - this.body.clientHeight < 60;
  }

  toEnd() {
    this.ending = true;
    this.body.scrollTop = this.body.scrollHeight;
    for (const image of this.body.querySelectorAll("img:not([data-seen])")) {
      image.dataset.seen = "1";
      image.addEventListener("load", () => { this.body.scrollTop = this.body.scrollHeight; });
    }
  }
}

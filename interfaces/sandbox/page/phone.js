// A phone: one person's list of chats, an open chat, or the comments of a post.

import { avatar, button, el, nameOf, throttled } from "./dom.js";
import { bubble, told } from "./bubble.js";
import { Composer } from "./composer.js";
import { chatList, chatsOf, titleOf } from "./list.js";
import { openMenu } from "./menu.js";
import {
  botOf, chatOf, emu, isBlocked, lastOf, load, memberOf, messageOf, messagesOf, placeOf, userOf, world,
} from "./store.js";

export class Phone {
  constructor(label, icon, persona, chooseFirst) {
    this.label = label;
    this.persona = persona;
    this.chooseFirst = chooseFirst;
    this.key = null;
    this.thread = null;
    this.unread = new Map();
    this.nodes = new Map();
    this.who = el("select", "who");
    this.who.addEventListener("change", () => this.become(Number(this.who.value)));
    this.title = el("div", "title");
    this.pins = el("div", "pins");
    this.body = el("div", "body");
    this.toast = el("div", "toast");
    this.toast.hidden = true;
    this.composer = new Composer(this);
    this.add = button("add", "+", () => this.invite(), "Новый человек");
    const top = el("div", "owner", el("span", "role", `${icon} ${label}`), this.who, this.add);
    this.screen = el("div", "screen", this.title, this.pins, this.body, this.composer.node, this.toast);
    this.node = el("section", "phone", top, this.screen);
    this.draw = throttled(() => this.paint());
  }

  async attempt(promise) {
    try {
      return await promise;
    } catch (error) {
      this.say_(error.message.replace(/^(Bad Request|Forbidden): /, ""));
      return null;
    }
  }

  say_(text, alert = false) {
    this.toast.replaceChildren(el("span", "", text));
    this.toast.className = alert ? "toast alert" : "toast";
    if (alert) this.toast.append(button("ok", "OK", () => { this.toast.hidden = true; }));
    this.toast.hidden = false;
    clearTimeout(this.fading);
    if (!alert) this.fading = setTimeout(() => { this.toast.hidden = true; }, 3500);
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
    this.body.replaceChildren();
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

  openBot(username, payload) {
    const bot = world.bots.find((each) => each.username === username);
    if (!bot) return this.say_("Такого бота в симуляции нет");
    this.open(`${bot.id}:${this.persona}`);
    return this.attempt(emu("start", { user: this.persona, bot: bot.id, payload }));
  }

  follow(url) {
    const start = /^https?:\/\/t\.me\/(\w+)\?start=([\w-]+)/.exec(url);
    if (start) this.openBot(start[1], start[2]);
    else if (/^https?:/.test(url)) window.open(url, "_blank", "noopener");
  }

  place() {
    return { ...placeOf(this.key), user: this.persona };
  }

  write(text) {
    return this.say({ text });
  }

  say(what) {
    const body = { ...this.place(), ...what };
    if (this.thread && !body.reply_to) body.reply_to = this.thread.root;
    if (this.thread && chatOf(body.chat)?.linked) {
      Object.assign(body, { chat: chatOf(body.chat).linked, comment_to: this.thread.post });
    }
    this.atEnd = true;
    return this.attempt(emu("say", body));
  }

  rewrite(message, text) {
    return this.attempt(emu("edit", { ...this.place(), message_id: message.message_id, text }));
  }

  remove(message) {
    return this.attempt(emu("delete", { ...this.place(), message_id: message.message_id }));
  }

  react(message, emoji) {
    return this.attempt(emu("react", { ...this.place(), message_id: message.message_id, emoji }));
  }

  block(blocked) {
    return this.attempt(emu("block", { ...this.place(), blocked }));
  }

  ownContact() {
    const user = userOf(this.persona);
    return { phone_number: `+7900${String(user.id).slice(-7).padStart(7, "0")}`, first_name: user.first_name, user_id: user.id };
  }

  menu(event, message, mine) {
    event.preventDefault();
    openMenu(this, event, message, mine);
  }

  async invite() {
    const name = window.prompt("Имя нового человека", "");
    if (!name) return;
    const { user } = await emu("user", { first_name: name });
    const shared = world.chats.filter((chat) => memberOf(chat, this.persona)?.status === "member");
    for (const chat of shared) await emu("member", { chat: chat.id, user: user.id, status: "member" });
    this.persona = user.id;
  }

  happened(kind, event) {
    if (kind === "answer" && event.user === this.persona) {
      if (event.text) this.say_(event.text, event.show_alert);
      if (event.url) this.follow(event.url);
    }
    const message = kind === "message" ? event.message : null;
    if (message && message.chat_key !== this.key && message.writer_id !== this.persona) {
      this.unread.set(message.chat_key, (this.unread.get(message.chat_key) || 0) + 1);
    }
    const key = event.chat_key ?? message?.chat_key ?? event.message?.chat_key;
    if (kind === "call") return;
    if (!key || key === this.key || !this.key) this.draw();
  }

  paint() {
    const people = world.users.map((user) => {
      const option = el("option", "", nameOf(user));
      option.value = user.id;
      option.selected = user.id === this.persona;
      return option;
    });
    this.who.replaceChildren(...people);
    if (this.key) this.paintChat();
    else this.paintList();
  }

  paintList() {
    this.title.replaceChildren(el("b", "grow", "Чаты"));
    this.pins.replaceChildren();
    this.composer.hide();
    this.body.className = "body list";
    this.body.replaceChildren(...chatList(this));
  }

  paintChat() {
    const { id, name, about } = titleOf(this.key, this.thread);
    const back = button("back", "‹", () => this.open(this.thread?.back ?? null), "Назад");
    const text = el("div", "grow name", el("b", "", name), el("small", "", about));
    this.title.replaceChildren(back, avatar(id, name, "small"), text);
    if (this.key.includes(":") && messagesOf(this.key).length && !isBlocked(this.key)) {
      this.title.append(button("back dim", "⊘", () => this.block(true), "Заблокировать бота"));
    }
    this.paintPins();
    const end = this.body.scrollHeight - this.body.scrollTop - this.body.clientHeight < 60;
    const keyboards = messagesOf(this.key).filter((each) => each.keyboard);
    this.composer.show({ key: this.key, silent: this.silence(), keyboard: keyboards.at(-1)?.keyboard });
    this.paintMessages();
    if (end || this.atEnd) this.toEnd();
    this.atEnd = false;
  }

  paintPins() {
    const pinned = messagesOf(this.key).filter((each) => each.pinned).at(-1);
    this.pins.replaceChildren(...(pinned && !this.thread
      ? [el("b", "", "Закреплено"), el("span", "", told(pinned).slice(0, 70))] : []));
  }

  silence() {
    const chat = this.key.includes(":") ? null : chatOf(Number(this.key));
    if (!chat) {
      const bot = Number(this.key.split(":")[0]);
      if (!lastOf(this.key)) {
        const start = () => this.attempt(emu("start", { user: this.persona, bot }));
        return el("div", "instead", button("wide-button", "Начать", start));
      }
      return Composer.silence(this.key, this);
    }
    const member = memberOf(chat, this.persona);
    if (chat.type === "channel" && !["creator", "administrator"].includes(member?.status)) {
      return el("div", "instead", el("span", "hint", "Пишут администраторы канала, остальные — в комментариях"));
    }
    return member || this.thread ? null : el("div", "instead", el("span", "hint", "Вы не в этой группе"));
  }

  paintMessages() {
    this.body.className = "body chat";
    const shown = messagesOf(this.key).filter((each) => !this.thread
      || each.message_id === this.thread.root || each.message_thread_id === this.thread.root);
    const kept = new Map();
    for (const message of shown.slice(-150)) {
      const known = this.nodes.get(message.message_id);
      const fresh = known?.version === message.version;
      const node = fresh ? known.node : bubble(message, this, { inThread: Boolean(this.thread) });
      kept.set(message.message_id, { node, version: message.version });
    }
    this.nodes = kept;
    const nodes = [...kept.values()].map((each) => each.node);
    if (!nodes.length) {
      const bot = botOf(Number(this.key.split(":")[0]));
      nodes.push(el("div", "service", bot?.description || "Здесь пока ничего нет"));
    }
    this.body.replaceChildren(...nodes);
    if (this.thread && !messageOf(this.key, this.thread.root)) load(this.key);
  }

  toEnd() {
    this.body.scrollTop = this.body.scrollHeight;
    for (const image of this.body.querySelectorAll("img:not([data-seen])")) {
      image.dataset.seen = "1";
      image.addEventListener("load", () => { this.body.scrollTop = this.body.scrollHeight; });
    }
  }
}

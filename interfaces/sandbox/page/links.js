// Telegram's own links: a bot, a bot for a group, a comment, a link for somebody else.

import { choose } from "./dialog.js";
import { nameOf } from "./dom.js";
import { emu, load, memberOf, messagesOf, world } from "./store.js";

const TELEGRAM = /^(?:https?:\/\/)?t\.me\//;
export const isTelegrams = (url) => TELEGRAM.test(url);

// What a phone does with an address.
export function follow(phone, url) {
  if (!isTelegrams(url)) return window.open(url, "_blank", "noopener");
  const { pathname, searchParams: asked } = new URL(url.replace(TELEGRAM, "https://t.me/"));
  const [name, ...rest] = pathname.slice(1).split("/");
  if (name === "share") return passOn(phone, asked.get("url"));
  if (name === "c") return openThread(phone, Number(`-100${rest[0]}`), Number(asked.get("thread") ?? rest[1]));
  if (asked.has("startgroup")) return addToGroup(phone, name, asked.get("admin"));
  return phone.openBot(name, asked.get("start"));
}

// Somebody's phone lies beside this one: there the link is opened.
async function passOn(phone, link) {
  const others = world.users.filter((each) => each.id !== phone.persona);
  const chosen = await choose("Кто откроет ссылку?", others.map((each) => [each.id, nameOf(each)]),
    "Больше никого нет: добавьте человека кнопкой «+» над телефоном менеджера.");
  if (chosen) phone.pass(chosen, link);
}

async function addToGroup(phone, username, rights) {
  const bot = world.bots.find((each) => each.username.toLowerCase() === username.toLowerCase());
  const groups = world.chats.filter((each) => each.type !== "channel"
    && ["creator", "administrator"].includes(memberOf(each, phone.persona)?.status));
  const chat = await choose(`@${username}: в какую группу?`, groups.map((each) => [each.id, each.title]),
    "У вас нет групп. Создайте группу в BotFather.");
  if (!chat || !bot) return;
  const status = rights ? "administrator" : "member";
  if (await phone.attempt(emu("member", { chat, user: bot.id, status, by: phone.persona }))) phone.say_("Бот теперь в группе");
}

async function openThread(phone, group, root) {
  const chat = world.chats.find((each) => each.id === group);
  if (!chat) return phone.say_("Такого чата в симуляции нет");
  const topic = chat.topics?.find((each) => each.id === root);
  if (topic) return phone.open(String(group), { root, topic, back: String(group) });
  const channel = chat.linked ? String(chat.linked) : null;
  if (channel) await load(channel);
  const post = channel && messagesOf(channel).find((each) => each.copy?.message_id === root);
  return post ? phone.openThread(post) : phone.open(String(group));
}

// BotFather and the owners of chats: people, bots and their tokens, channels, groups, rights.

import { ask, choose, panel, show } from "./dialog.js";
import { button, el, nameOf } from "./dom.js";
import { chatOf, emu, memberOf, refresh, userOf, world } from "./store.js";

const STATUSES = { creator: "владелец", administrator: "администратор", member: "участник", left: "вышел", kicked: "удалён" };
const RIGHTS = [["administrator", "администратор"], ["member", "участник"], ["kicked", "удалить"]];

export async function newPerson(role, owner) {
  const given = await ask(`Новый человек: ${role.toLowerCase()}`, [
    { name: "first_name", label: "Имя" },
    { name: "username", label: "Имя пользователя", hint: "не обязательно" },
    { name: "language_code", label: "Язык", options: [["ru", "русский"], ["en", "English"]] }]);
  if (!given) return null;
  const { user } = await emu("user", { ...given, username: given.username || null });
  if (role === "Менеджер") {
    const theirs = world.chats.filter((chat) => memberOf(chat, owner)?.status === "creator");
    for (const chat of theirs) await emu("member", { chat: chat.id, user: user.id, status: "member" });
  }
  await refresh();
  return user;
}

export async function newBot() {
  const given = await ask("Новый бот", [
    { name: "first_name", label: "Имя", value: "Поддержка" },
    { name: "username", label: "Имя пользователя", hint: "латиницей, кончается на bot" }], "Создать");
  if (!given) return;
  const { token } = await emu("bot", given);
  await refresh();
  tell("Бот готов", `@${given.username}`, token);
}

function tell(title, name, token) {
  const field = el("input", "token");
  field.value = token;
  field.readOnly = true;
  field.setAttribute("aria-label", "Токен");
  const copy = button("primary", "Копировать", async () => {
    await navigator.clipboard.writeText(token);
    copy.textContent = "Скопировано";
  });
  show(title, el("p", "", `Токен бота ${name}. Кто его знает, тот управляет ботом.`), field, copy);
  field.select();
}

async function newChat(owner, kind) {
  const titles = { channel: "Заявки", group: "Сотрудники", forum: "Заявки по темам" };
  const given = await ask(kind === "channel" ? "Канал с обсуждением" : "Новая группа",
    [{ name: "title", label: "Название", value: titles[kind] }], "Создать");
  if (!given) return;
  if (kind === "channel") {
    const { chat } = await emu("chat", { type: "channel", title: given.title, owner });
    await emu("chat", { type: "supergroup", title: `${given.title}: обсуждение`, owner, linked: chat.id });
  } else await emu("chat", { type: "supergroup", title: given.title, owner, forum: kind === "forum" });
}

async function invite(chat) {
  const absent = (id) => !memberOf(chat, id);
  const found = [
    ...world.bots.filter((each) => absent(each.id)).map((each) => [each.id, `🤖 ${each.first_name}`, `@${each.username}`]),
    ...world.users.filter((each) => absent(each.id)).map((each) => [each.id, nameOf(each)])];
  const user = await choose(`Добавить в «${chat.title}»`, found, "Все уже здесь");
  const bot = world.bots.some((each) => each.id === user);
  if (user) await emu("member", { chat: chat.id, user, status: bot ? "administrator" : "member" });
}

async function place(chat, member, name) {
  const status = await choose(`${name} в «${chat.title}»`, RIGHTS.filter(([key]) => key !== member.status));
  if (status) await emu("member", { chat: chat.id, user: member.user, status });
}

async function link(chat) {
  if (chat.linked) return emu("link", { chat: chat.id });
  const free = world.chats.filter((each) => each.type !== "channel" && !each.linked && !each.is_forum);
  const linked = await choose("Группа для обсуждений", free.map((each) => [each.id, each.title]), "Свободных групп нет");
  return linked ? emu("link", { chat: chat.id, linked }) : null;
}

function settle(act, draw) {
  return async () => {
    try {
      await act();
    } catch (error) {
      show("Не получилось", el("p", "", error.message));
    }
    await refresh();
    draw();
  };
}

function botCard(bot, draw) {
  const revoke = async () => tell("Новый токен", `@${bot.username}`, (await emu("revoke", { bot: bot.id })).token);
  return el("div", "card",
    el("div", "grow", el("b", "", `🤖 ${bot.first_name}`), el("small", "", `@${bot.username}`)),
    button("minor", "Токен", () => tell("Токен", `@${bot.username}`, bot.token), `Токен @${bot.username}`),
    button("minor danger", "Отозвать", settle(revoke, draw), `Отозвать токен @${bot.username}`));
}

function chatCard(chat, draw) {
  const members = chat.members.filter((each) => !["left", "kicked"].includes(each.status)).map((each) => {
    const bot = world.bots.find((one) => one.id === each.user);
    const name = bot ? `🤖 ${bot.first_name}` : nameOf(userOf(each.user) || { first_name: "?" });
    return button("member", `${name} · ${STATUSES[each.status] || each.status}`, settle(() => place(chat, each, name), draw));
  });
  const kind = chat.type === "channel" ? "канал" : chat.is_forum ? "форум" : "группа";
  const linked = chat.linked ? `, связан${chat.type === "channel" ? "" : "а"} с «${chatOf(chat.linked)?.title}»` : "";
  const set = (change) => settle(() => emu("settings", { chat: chat.id, ...change }), draw);
  const guard = button("minor", chat.protected ? "Защита включена" : "Защита выключена", set({ protected: !chat.protected }), "Запрет копирования");
  guard.setAttribute("aria-pressed", String(chat.protected));
  const acts = [button("minor", "Добавить", settle(() => invite(chat), draw), `Добавить в «${chat.title}»`), guard];
  if (chat.type === "channel") acts.push(button("minor", chat.linked ? "Отвязать" : "Связать", settle(() => link(chat), draw)));
  else if (!chat.linked) acts.push(button("minor", chat.is_forum ? "Без тем" : "С темами", set({ forum: !chat.is_forum })));
  return el("div", "card tall", el("div", "", el("b", "", chat.title), el("small", "", `${kind}${linked}`)),
    el("div", "members", ...members), el("div", "acts", ...acts));
}

export function openBotFather(owner) {
  const make = (label, act, draw) => button("make", label, settle(act, draw));
  panel("BotFather и чаты", (draw) => [
    el("div", "makes",
      make("+ бот", newBot, draw),
      make("+ канал с обсуждением", () => newChat(owner(), "channel"), draw),
      make("+ группа", () => newChat(owner(), "group"), draw),
      make("+ группа с темами", () => newChat(owner(), "forum"), draw)),
    el("h3", "", "Боты"),
    ...(world.bots.length ? world.bots.map((bot) => botCard(bot, draw)) : [el("p", "hint", "Пока ни одного")]),
    el("h3", "", "Каналы и группы"),
    ...(world.chats.length ? world.chats.map((chat) => chatCard(chat, draw)) : [el("p", "hint", "Пока ни одного")]),
  ]);
}

// Three phones side by side (one at a time on a narrow screen), BotFather, and a developer's drawer.

import { newPerson, openBotFather } from "./botfather.js";
import { button, walkable } from "./dom.js";
import { Drawer } from "./drawer.js";
import { chatsOf } from "./list.js";
import { Phone } from "./phone.js";
import { listen, memberOf, refresh, watch, world } from "./store.js";

const byId = (id) => document.getElementById(id);
const drawer = new Drawer(byId("drawer"), byId("developer"));
const wanted = new URLSearchParams(location.search);

const statusIn = (user) => world.chats.map((chat) => memberOf(chat, user.id)?.status).filter(Boolean);
const isOwner = (user) => statusIn(user).includes("creator");
const isManager = (user) => statusIn(user).length > 0 && !isOwner(user);
const isClient = (user) => statusIn(user).length === 0;
const first = (test, place) => (world.users.find(test) || world.users[place] || world.users[0])?.id ?? 0;

const bot = (pattern) => (phone) => {
  const found = world.bots.find((each) => pattern.test(each.username)) || world.bots[0];
  return found && phone.persona ? `${found.id}:${phone.persona}` : null;
};
const channel = (phone) => chatsOf(phone.persona).find((each) => each.icon === "📢")?.key ?? null;

async function invite(phone) {
  const user = await newPerson(phone.label, phones[2].persona);
  if (user) phone.become(user.id);
}

await refresh();
const phones = [
  new Phone("Клиент", "🙋", Number(wanted.get("client")) || first(isClient, 0), bot(/client|help|support/i), invite),
  new Phone("Менеджер", "🎧", Number(wanted.get("manager")) || first(isManager, 1), channel, invite),
  new Phone("Владелец", "👔", Number(wanted.get("owner")) || first(isOwner, 2), bot(/setting|owner|admin|^ledgerdesk/i), invite),
];
byId("phones").append(...phones.map((phone) => phone.node));
for (const phone of phones) {
  phone.open(phone.chooseFirst(phone));
  phone.settled = Boolean(phone.key);
}

const tabs = phones.map((phone, place) => {
  const tab = button("tab", phone.label, () => turnTo(place));
  tab.setAttribute("role", "tab");
  phone.node.id = `phone-${place}`;
  tab.setAttribute("aria-controls", phone.node.id);
  return tab;
});
walkable(byId("tabs")).append(...tabs);

function turnTo(shown) {
  phones.forEach((phone, place) => {
    phone.node.classList.toggle("shown", place === shown);
    tabs[place].setAttribute("aria-selected", String(place === shown));
    tabs[place].classList.toggle("active", place === shown);
    if (place === shown) phone.toEnd();
  });
}
turnTo(Math.max(0, ["client", "manager", "owner"].indexOf(wanted.get("show"))));

watch((kind, event) => {
  for (const phone of phones) {
    if (!phone.persona && world.users.length) phone.become(world.users[0].id);
    if (!phone.key && kind === "world" && !phone.settled) {
      const key = phone.chooseFirst(phone);
      phone.settled = Boolean(key);
      if (key) phone.open(key);
    }
    phone.happened(kind, event);
  }
  drawer.happened(kind);
});
listen((connected) => {
  const link = byId("link");
  link.textContent = connected ? "в эфире" : "нет связи…";
  link.className = connected ? "link live" : "link";
});
byId("botfather").addEventListener("click", () => openBotFather(() => phones[2].persona));
for (const phone of phones) {
  phone.openBotFather = () => openBotFather(() => phone.persona);
  phone.pass = (persona, link) => {
    const other = phones.find((each) => each.persona === persona && each !== phone)
      ?? phones.find((each) => each !== phone && each !== phones[0]) ?? phones[1];
    if (other.persona !== persona) other.become(persona);
    turnTo(phones.indexOf(other));
    other.follow(link);
  };
}
byId("developer").addEventListener("click", () => drawer.toggle());
if (wanted.has("developer")) drawer.toggle();

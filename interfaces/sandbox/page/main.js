// Three phones side by side, and a drawer for developers.

import { Drawer } from "./drawer.js";
import { Phone } from "./phone.js";
import { chatsOf } from "./list.js";
import { listen, memberOf, refresh, watch, world } from "./store.js";

const drawer = new Drawer(document.getElementById("drawer"));
const wanted = new URLSearchParams(location.search);

const statusIn = (user) => world.chats.map((chat) => memberOf(chat, user.id)?.status).filter(Boolean);
const isOwner = (user) => statusIn(user).includes("creator");
const isManager = (user) => statusIn(user).length > 0 && !isOwner(user);
const isClient = (user) => statusIn(user).length === 0;
const first = (test) => (world.users.find(test) || world.users[0])?.id ?? 0;

const bot = (pattern) => (phone) => {
  const found = world.bots.find((each) => pattern.test(each.username)) || world.bots[0];
  return found ? `${found.id}:${phone.persona}` : null;
};
const channel = (phone) => chatsOf(phone.persona).find((each) => each.icon === "📢")?.key ?? null;

await refresh();
const phones = [
  new Phone("Клиент", "🙋", Number(wanted.get("client")) || first(isClient), bot(/client|help|support/i)),
  new Phone("Менеджер", "🎧", Number(wanted.get("manager")) || first(isManager), channel),
  new Phone("Владелец", "👔", Number(wanted.get("owner")) || first(isOwner), bot(/setting|owner|admin/i)),
];
document.getElementById("phones").append(...phones.map((phone) => phone.node));
for (const phone of phones) phone.open(phone.chooseFirst(phone));

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
  const link = document.getElementById("link");
  link.textContent = connected ? "в эфире" : "нет связи…";
  link.className = connected ? "link live" : "link";
});
document.getElementById("developer").addEventListener("click", () => drawer.toggle());
if (wanted.has("developer")) drawer.toggle();

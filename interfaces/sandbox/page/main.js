// Phones side by side (one at a time on a narrow screen): of the desk, or of executors who race for
// orders. Beside them BotFather, and a developer's drawer.

import { newPerson, openBotFather } from "./botfather.js";
import { button, walkable } from "./dom.js";
import { Drawer } from "./drawer.js";
import { chatsOf } from "./list.js";
import { Phone } from "./phone.js";
import { executorsChat, isExecutor, raceOn, racersOf } from "./race.js";
import { listen, memberOf, refresh, watch, world } from "./store.js";

const byId = (id) => document.getElementById(id);
const drawer = new Drawer(byId("drawer"), byId("developer"));
const wanted = new URLSearchParams(location.search);

const statusIn = (user) => world.chats.map((chat) => memberOf(chat, user.id)?.status).filter(Boolean);
const isOwner = (user) => statusIn(user).includes("creator");
const isManager = (user) => statusIn(user).length > 0 && !isOwner(user) && !isExecutor(user);
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

const racers = [];
let sight = phones;
let tabs = [];

// Show these phones, and with tabs one of them on a narrow screen.
function look(at, shown = 0) {
  sight = at;
  for (const phone of [...phones, ...racers]) phone.node.hidden = !at.includes(phone);
  tabs = at.map((phone, place) => {
    const tab = button("tab", phone.label, () => turnTo(place));
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", phone.node.id);
    return tab;
  });
  byId("tabs").replaceChildren(...tabs);
  const racing = at === racers;
  byId("race").setAttribute("aria-pressed", String(racing));
  byId("together").hidden = !racing;
  turnTo(shown);
}

function turnTo(shown) {
  sight.forEach((phone, place) => {
    phone.node.classList.toggle("shown", place === shown);
    tabs[place].setAttribute("aria-selected", String(place === shown));
    tabs[place].classList.toggle("active", place === shown);
    if (place === shown) phone.toEnd();
  });
}

// The phones of executors, made when they are wanted first.
function race() {
  const chat = executorsChat();
  if (!chat) return phones[0].say_("Здесь ещё нет чата исполнителей, в котором есть хотя бы двое");
  if (!racers.length) {
    racersOf(chat).forEach((persona, place) => {
      const racer = new Phone(`Исполнитель ${place + 1}`, "🛠", persona, () => chat.key, invite);
      racer.node.id = `racer-${place}`;
      racers.push(racer);
    });
    byId("phones").append(...racers.map((racer) => racer.node));
    racers.forEach(connect);
    for (const racer of racers) racer.open(chat.key);
  }
  return look(racers);
}

walkable(byId("tabs"));
phones.forEach((phone, place) => { phone.node.id = `phone-${place}`; });
byId("race").addEventListener("click", () => (sight === racers ? look(phones) : race()));
byId("together").addEventListener("click", () => raceOn(racers, executorsChat()));

watch((kind, event) => {
  for (const phone of [...phones, ...racers]) {
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
function connect(phone) {
  phone.openBotFather = () => openBotFather(() => phone.persona);
  phone.pass = (persona, link) => {
    const other = phones.find((each) => each.persona === persona && each !== phone)
      ?? phones.find((each) => each !== phone && each !== phones[0]) ?? phones[1];
    if (other.persona !== persona) other.become(persona);
    look(phones, phones.indexOf(other));
    other.follow(link);
  };
}
phones.forEach(connect);
look(phones, Math.max(0, ["client", "manager", "owner"].indexOf(wanted.get("show"))));
if (wanted.get("show") === "executors") race();
byId("developer").addEventListener("click", () => drawer.toggle());
if (wanted.has("developer")) drawer.toggle();

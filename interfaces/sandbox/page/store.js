// What the page knows of the world, kept fresh by the stream of events.

export const world = {
  users: [], bots: [], chats: [], privates: [], faults: [], floods: false, now: 0, pace: 1,
};
export const calls = [];
const talks = new Map();
const watchers = new Set();
const spinning = new Map();
const menus = new Map();
let version = 0;

export async function emu(operation, body = {}) {
  const response = await fetch(`emu/${operation}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.description);
  return answer;
}

export function watch(watcher) {
  watchers.add(watcher);
}

function tell(kind, event) {
  for (const watcher of watchers) watcher(kind, event);
}

function talk(key) {
  if (!talks.has(key)) talks.set(key, { messages: new Map(), asked: false });
  return talks.get(key);
}

export function messagesOf(key) {
  return [...talk(key).messages.values()];
}

export function messageOf(key, id) {
  return talk(key).messages.get(id);
}

export function lastOf(key) {
  return messagesOf(key).findLast((each) => !each.deleted);
}

function put(message) {
  message.version = ++version;
  talk(message.chat_key).messages.set(message.message_id, message);
}

function touch(key, id, change) {
  const message = messageOf(key, id);
  if (message) put(Object.assign(message, change));
}

// A place is what the control interface calls a chat: {chat} or {bot, user}.
export function placeOf(key) {
  const [bot, user] = key.split(":");
  return user ? { bot: Number(bot), user: Number(user) } : { chat: Number(key) };
}

export async function load(key) {
  const known = talk(key);
  if (known.asked) return;
  known.asked = true;
  const exists = !key.includes(":") || world.privates.some((each) => each.key === key);
  if (!exists) return;
  const { messages } = await emu("history", { ...placeOf(key), limit: 150 });
  const newer = [...known.messages.values()];
  known.messages.clear();
  for (const message of [...messages, ...newer]) put(message);
  tell("history", { chat_key: key });
}

export async function refresh() {
  Object.assign(world, await emu("world"), { at: Date.now() });
  menus.clear();
  tell("world", {});
}

// What a bot shows to a person: commands, description. Asked for once, told when it is there.
export function menuOf(key) {
  const known = menus.get(key);
  if (known) return known;
  menus.set(key, { commands: [] });
  const { bot, user } = placeOf(key);
  emu("menu", { bot, user }).then((menu) => {
    menus.set(key, menu);
    tell("menu", { chat_key: key });
  }, () => menus.delete(key));
  return menus.get(key);
}

export const userOf = (id) => world.users.find((each) => each.id === id);
export const botOf = (id) => world.bots.find((each) => each.id === id);
export const chatOf = (id) => world.chats.find((each) => each.id === id);
export const isBlocked = (key) => world.privates.some((each) => each.key === key && each.blocked);

export function memberOf(chat, userId) {
  const found = chat.members.find((each) => each.user === userId);
  return found && !["left", "kicked"].includes(found.status) ? found : null;
}

const spin = (user, key, id, data) => `${user}|${key}|${id}|${data}`;

export async function press(user, message, data) {
  const mark = spin(user, message.chat_key, message.message_id, data);
  spinning.set(mark, setTimeout(() => stopSpinning(mark, message), 60_000));
  touch(message.chat_key, message.message_id, {});
  tell("spin", { chat_key: message.chat_key });
  const place = { ...placeOf(message.chat_key), user };
  await emu("click", { ...place, message_id: message.message_id, data });
}

function stopSpinning(mark, message) {
  clearTimeout(spinning.get(mark));
  spinning.delete(mark);
  touch(message.chat_key, message.message_id, {});
  tell("spin", { chat_key: message.chat_key });
}

export function isSpinning(user, message, data) {
  return spinning.has(spin(user, message.chat_key, message.message_id, data));
}

const refreshSoon = (() => {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      refresh();
    }, 150);
  };
})();

const HAPPENED = {
  message: (event) => {
    put(event.message);
    const known = !event.message.chat_key.includes(":")
      || world.privates.some((each) => each.key === event.message.chat_key);
    if (!known) refreshSoon();
  },
  edit: (event) => put(event.message),
  delete: (event) => touch(event.chat_key, event.message_id, { deleted: true }),
  topic: (event) => {
    for (const each of messagesOf(event.chat_key)) {
      if (each.message_thread_id === event.deleted) talk(event.chat_key).messages.delete(each.message_id);
    }
    refreshSoon();
  },
  reaction: (event) => touch(event.chat_key, event.message_id, { reactions: event.reactions }),
  comments: (event) => {
    const change = { comments: event.comments };
    if (event.copy) change.copy = event.copy;
    touch(event.chat_key, event.message_id, change);
  },
  answer: (event) => {
    const mark = spin(event.user, event.chat_key, event.message_id, event.data);
    stopSpinning(mark, event);
  },
  call: (event) => {
    calls.push(event);
    if (calls.length > 400) calls.shift();
  },
  world: refreshSoon,
  member: refreshSoon,
  block: refreshSoon,
  pin: refreshSoon,
  troubles: refreshSoon,
};

export function listen(onState) {
  const stream = new EventSource("emu/events");
  let before = false;
  stream.onopen = () => {
    onState(true);
    if (before) location.reload();
    before = true;
  };
  stream.onerror = () => onState(false);
  stream.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    HAPPENED[event.kind]?.(event);
    tell(event.kind, event);
  };
}

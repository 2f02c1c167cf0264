// The race: the phones of several executors in their chat, and one button that all press at once.

import { memberOf, messagesOf, press, world } from "./store.js";

const RACERS = 4;
const CHAT = /заказ|исполнител|order|executor/i;
const CLAIM = /забрать|взять|claim/i;

// The newest chat of executors in which anybody could race.
export function executorsChat() {
  const chats = world.chats.filter((chat) => chat.type !== "channel" && CHAT.test(chat.title));
  return chats.find((chat) => executorsIn(chat).length > 1) ?? null;
}

export function executorsIn(chat) {
  return world.users.filter((user) => memberOf(chat, user.id)?.status === "member");
}

export const isExecutor = (user) => world.chats.some(
  (chat) => CHAT.test(chat.title) && memberOf(chat, user.id)?.status === "member",
) && !world.chats.some((chat) => !CHAT.test(chat.title) && memberOf(chat, user.id));

export function racersOf(chat) {
  return executorsIn(chat).slice(0, RACERS).map((user) => user.id);
}

// The button of the newest order that can still be claimed.
function claimIn(key) {
  for (const message of messagesOf(key).reverse()) {
    const rows = message.deleted ? [] : message.reply_markup?.inline_keyboard ?? [];
    const found = rows.flat().find((each) => each.callback_data && CLAIM.test(each.text));
    if (found) return { message, data: found.callback_data };
  }
  return null;
}

// Everybody presses at the same moment: what each is answered stands on their own phone.
export function raceOn(phones, chat) {
  const claim = claimIn(chat.key);
  for (const phone of phones) {
    if (phone.key !== chat.key) phone.open(chat.key);
    if (claim) phone.attempt(press(phone.persona, claim.message, claim.data));
    else phone.say_("Сейчас нет заказа, который можно забрать");
  }
}

// What a person does with the phone in hand: write, change, forward, react, block.

import { painted } from "./attachments.js";
import { choose } from "./dialog.js";
import { chatsOf } from "./list.js";
import { chatOf, emu, messagesOf, placeOf, userOf } from "./store.js";

export class Person {
  async attempt(promise) {
    try {
      return await promise;
    } catch (error) {
      this.say_(error.message.replace(/^(Bad Request|Forbidden): /, ""));
      return null;
    }
  }

  place() {
    return { ...placeOf(this.key), user: this.persona };
  }

  write(text) {
    return this.say({ text });
  }

  // Something attached: with the words of the field as its caption.
  send(what) {
    const words = what.media || what.album ? this.composer.caption() : {};
    return this.say({ ...what, ...words, ...this.composer.context() });
  }

  say(what) {
    const body = { ...this.place(), ...what };
    if (this.thread?.topic) {
      if (this.thread.root) body.thread = this.thread.root;
    } else if (this.thread) {
      body.reply_to ??= this.thread.root;
      if (chatOf(body.chat)?.linked) {
        Object.assign(body, { chat: chatOf(body.chat).linked, comment_to: this.thread.post });
      }
    }
    this.atEnd = true;
    return this.attempt(emu("say", body));
  }

  rewrite(message, change) {
    return this.attempt(emu("edit", { ...this.place(), message_id: message.message_id, ...change }));
  }

  swap(message) {
    return this.rewrite(message, { media: painted("photo", "другое фото") });
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

  async forward(message) {
    const places = chatsOf(this.persona).map((each) => [each.key, `${each.icon} ${each.name}`]);
    const key = await choose("Переслать в…", places);
    if (!key) return;
    const album = message.media_group_id
      ? messagesOf(this.key).filter((each) => each.media_group_id === message.media_group_id) : [message];
    const body = { user: this.persona, from: placeOf(this.key), message_ids: album.map((each) => each.message_id), ...placeOf(key) };
    if (await this.attempt(emu("forward", body))) this.open(key);
  }

  ownContact() {
    const user = userOf(this.persona);
    return { phone_number: `+7900${String(user.id).slice(-7).padStart(7, "0")}`, first_name: user.first_name, user_id: user.id };
  }
}

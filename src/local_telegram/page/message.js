// Draws one message: bubble, answered message, attachment, reaction, keyboard, and what one can do with it.

import { draw, element, safeUrl } from './text.js';

const ICONS = {
  reply: 'M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7', edit: 'M4 20h4L19 9l-4-4L4 16z', remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  url: 'M7 17L17 7M9 7h8v8', copy: 'M9 9h10v10H9zM5 15V5h10', inline: 'M4 12h12M11 7l5 5-5 5',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
export const tint = (id) => Math.abs(id) % 5;
export const sender = (message) => message.sender_chat?.title ?? message.from?.first_name ?? '';

// The words of a message in one line, for lists and answers.
export function summary(message) {
  if (!message) return '';
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, ' ');
  return event(message) ?? message.document?.file_name ?? `[${kind(message) ?? '消息 message'}]`;
}

const KINDS = { document: '文件 file', photo: '照片 photo', sticker: '贴纸 sticker', voice: '语音 voice', location: '位置 location', poll: '投票 poll', contact: '名片 contact', dice: '骰子 dice', video: '视频 video' };
const kind = (message) => KINDS[Object.keys(KINDS).find((field) => message[field])];

// What is told in the middle of the chat instead of in a bubble.
export function event(message) {
  const names = (people) => people.map((person) => person.first_name).join('、');
  if (message.new_chat_members) return `${names(message.new_chat_members)} 加入了群 joined`;
  if (message.left_chat_member) return `${names([message.left_chat_member])} 离开了群 left`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return '群已升级 upgraded to a supergroup';
  return null;
}

// `act` adds to that of `draw`: reply, edit, remove, jump, press(message, row, column, key), inline(query), toast; act.me is the person shown.
export function drawMessage(message, act) {
  const told = event(message);
  if (told) return element('div', { class: 'event', 'data-id': message.message_id }, told);
  const mine = !message.by_bot && message.from?.id === act.me && !message.sender_chat;
  const who = sender(message);
  const label = `${mine ? '我 Me' : who}, ${clock(message.date)}`;
  const bubble = element('div', { class: 'bubble' });
  if (!mine && act.group) bubble.append(element('div', { class: `sender ink${tint(message.from?.id ?? 0)}` }, who));
  if (message.via_bot) bubble.append(element('div', { class: 'via' }, `via @${message.via_bot.username}`));
  if (message.reply_to_message) bubble.append(answered(message, act));
  const attached = attachment(message);
  if (attached) bubble.append(attached);
  const edited = message.edit_date ? '已编辑 edited ' : '';
  const time = element('time', { class: 'meta', datetime: new Date(message.date * 1000).toISOString() }, edited + clock(message.date));
  const text = message.text ?? message.caption ?? '';
  bubble.append(element('div', { class: 'text' }, draw(text, message.entities ?? message.caption_entities, act)), time);
  if (message.bot_reaction) bubble.append(element('span', { class: 'reaction', title: '机器人的回应 The bot reacted' }, message.bot_reaction));
  const keyboard = message.reply_markup?.inline_keyboard;
  return element('article', {
    class: `message ${mine ? 'mine' : ''}`, 'data-id': message.message_id, 'data-from': message.by_bot ? 'bot' : message.from?.id,
    'aria-label': label, tabindex: '0',
    ondblclick: (event) => { if (!event.target.closest('button, a, blockquote')) act.reply(message); },
    onkeydown: (event) => { if (event.target === event.currentTarget && event.key === 'r' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); act.reply(message); } },
  }, element('div', { class: 'line' }, bubble, deeds(message, mine, act)), keyboard && keys(message, keyboard, act));
}

function deeds(message, mine, act) {
  const deed = (name, label, onclick) => element('button', { type: 'button', 'aria-label': label, title: label, onclick }, icon(name));
  return element('div', { class: 'acts' },
    deed('reply', '回复 Reply', () => act.reply(message)),
    mine && message.text ? deed('edit', '编辑 Edit', () => act.edit(message)) : null,
    mine ? deed('remove', '删除 Delete', () => act.remove(message)) : null);
}

function answered(message, act) {
  const original = message.reply_to_message;
  const words = message.quote?.text ?? summary(original);
  return element('button', { class: 'answered', type: 'button', onclick: () => act.jump(original.message_id) },
    element('b', {}, sender(original)), element('span', {}, words));
}

function attachment(message) {
  if (message.sticker) return element('div', { class: 'sticker' }, message.sticker.emoji ?? '🙂');
  const card = (tag, attributes, title, size) => element(tag, { class: 'attached', ...attributes },
    element('span', { class: 'avatar tint4', 'aria-hidden': 'true' }, '📄'), element('span', {}, title, element('small', {}, size)));
  const file = message.document;
  if (file) {
    const size = file.file_size < 1024 ? `${file.file_size} B` : file.file_size < 1048576 ? `${(file.file_size / 1024).toFixed(1)} KB` : `${(file.file_size / 1048576).toFixed(1)} MB`;
    return card('a', { href: `/chat/file/${encodeURIComponent(file.file_id)}`, download: file.file_name }, file.file_name, size);
  }
  const other = kind(message);
  return other ? card('div', {}, other, '') : null;
}

function keys(message, rows, act) {
  return element('div', { class: 'keyboard', role: 'group', 'aria-label': '按钮 Buttons' }, ...rows.map((row, r) =>
    element('div', {}, ...row.map((button, c) => key(message, button, r, c, act)))));
}

function key(message, button, row, column, act) {
  const words = element('span', {}, button.text);
  if (button.url) {
    const url = safeUrl(button.url);
    return element('a', { class: 'key', href: url?.href, title: button.url, target: '_blank', rel: 'noopener noreferrer' }, words, icon('url'));
  }
  const make = (onclick, ...signs) => element('button', { class: 'key', type: 'button', onclick }, words, ...signs);
  if (button.copy_text) return make(() => act.copy(button.copy_text.text), icon('copy'));
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (query != null) return make(() => act.inline(query), icon('inline'));
  return make((event) => act.press(message, row, column, event.currentTarget));
}

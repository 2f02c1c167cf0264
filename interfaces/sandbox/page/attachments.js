// Whatever can be attached: files of the computer, and samples of every other kind.

import { ask } from "./dialog.js";

const KINDS = [["image/gif", "animation"], ["image/", "photo"], ["video/", "video"], ["audio/", "audio"]];
const PLACE = { latitude: 55.7558, longitude: 37.6173 };

async function base64(file) {
  const url = await new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

export async function mediaOf(file) {
  const kind = KINDS.find(([mime]) => file.type.startsWith(mime))?.[1] || "document";
  return { kind, name: file.name, mime: file.type, b64: await base64(file) };
}

const noise = (size = 2000) => btoa(Array.from({ length: size }, () => String.fromCharCode(Math.random() * 256)).join(""));

// A picture of the page's own making: hills, a sun, and a number to tell it from others.
export function painted(kind, words, hue = Math.floor(Math.random() * 360)) {
  const canvas = document.createElement("canvas");
  const sticker = kind === "sticker";
  [canvas.width, canvas.height] = sticker ? [256, 256] : [480, 360];
  const { width, height } = canvas;
  const draw = canvas.getContext("2d");
  if (!sticker) {
    const sky = draw.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, `hsl(${hue} 60% 72%)`);
    sky.addColorStop(1, `hsl(${(hue + 40) % 360} 70% 88%)`);
    draw.fillStyle = sky;
    draw.fillRect(0, 0, width, height);
  }
  const disc = (x, y, size, fill) => {
    draw.fillStyle = fill;
    draw.beginPath();
    draw.arc(x, y, size, 0, 7);
    draw.fill();
  };
  if (sticker) {
    disc(128, 128, 112, `hsl(${hue} 80% 62%)`);
    disc(92, 104, 13, "#2b2b2b");
    disc(164, 104, 13, "#2b2b2b");
    draw.lineWidth = 11;
    draw.lineCap = "round";
    draw.beginPath();
    draw.arc(128, 132, 56, 0.35, 2.8);
    draw.stroke();
  } else {
    disc(370, 88, 40, "#fff6d8");
    disc(110, 430, 240, `hsl(${(hue + 90) % 360} 35% 46%)`);
    disc(390, 470, 260, `hsl(${(hue + 110) % 360} 38% 38%)`);
    draw.fillStyle = "#ffffffd0";
    draw.font = "600 30px system-ui, 'DejaVu Sans', sans-serif";
    draw.fillText(words, 22, 48);
  }
  const url = canvas.toDataURL(sticker ? "image/webp" : "image/png");
  return { kind, name: `${words}.${sticker ? "webp" : "png"}`, b64: url.slice(url.indexOf(",") + 1), hue };
}

// One empty page; a reader looks for each object where the table says it lies.
function pdf() {
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>"];
  let told = "%PDF-1.4\n";
  const places = objects.map((each, number) => {
    const place = told.length;
    told += `${number + 1} 0 obj\n${each}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${places.join("")}`;
  return btoa(`${told}${table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${told.length}\n%%EOF\n`);
}

export function samples(phone) {
  const send = (what) => () => phone.send(what());
  const asked = (title, fields, what) => async () => {
    const given = await ask(title, fields, "Отправить");
    if (given) phone.send(what(given));
  };
  const media = (made) => () => ({ media: made() });
  return [
    ["📎 Файлы с компьютера…", () => phone.composer.files.click()],
    ["🖼 Фото", send(media(() => painted("photo", "фото")))],
    ["🗃 Альбом из трёх фото", send(() => ({ album: [40, 160, 280].map((hue, place) => painted("photo", `фото ${place + 1}`, hue)) }))],
    ["📄 Документ", send(media(() => ({ kind: "document", name: "договор.pdf", mime: "application/pdf", b64: pdf() })))],
    ["🎤 Голосовое", send(media(() => ({ kind: "voice", name: "голос.oga", b64: noise(), duration: 2 + Math.floor(Math.random() * 20) })))],
    ["⏺ Видеосообщение", send(media(() => ({ kind: "video_note", b64: noise(), duration: 7 })))],
    ["🎬 Видео", send(media(() => ({ kind: "video", name: "видео.mp4", b64: noise() })))],
    ["✨ Живое фото", send(media(() => painted("live_photo", "живое")))],
    ["🙂 Стикер", send(media(() => painted("sticker", "стикер", 46)))],
    ["📍 Геопозиция", send(() => ({ location: PLACE }))],
    ["🏬 Место", asked("Место", [
      { name: "title", label: "Название", value: "Склад № 2" },
      { name: "address", label: "Адрес", value: "ул. Мира, 1" }],
    (given) => ({ venue: { ...PLACE, ...given } }))],
    ["👤 Мой контакт", send(() => ({ contact: phone.ownContact() }))],
    ["📊 Опрос", asked("Опрос", [
      { name: "question", label: "Вопрос", value: "Когда удобно?" },
      { name: "options", label: "Ответы через запятую", value: "утром, вечером" }],
    ({ question, options }) => ({ poll: { question, options: options.split(",").map((each) => each.trim()).filter(Boolean) } }))],
    ["🎲 Кубик", send(() => ({ dice: { emoji: "🎲" } }))],
    ["① Исчезающее фото", send(() => ({ media: painted("photo", "на один раз"), view_once: true }))],
  ];
}

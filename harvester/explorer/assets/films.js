"use strict";
// The front page: films are filtered in memory and shown a page at a time; the address keeps the filters.

const PAGE = 48;
const NAMES = 12; // suggestions below the person field

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const people = harvested.films.people.map(([id, name]) => ({ id, name, folded: fold(name) }));
const roles = harvested.films.roles;
const films = harvested.films.films.map(([id, title, year, cast], n) => {
  const own = cast.map(([person, role]) => ({
    person: people[person],
    role: role < 0 ? null : roles[role][0],
    group: role < 0 ? null : roles[role][1],
  }));
  const said = own.flatMap((one) => [one.person.name, one.role || ""]);
  return { id, n, title, year, cast: own, text: fold([title || "", ...said, year || ""].join(" ")) };
});

const field = (id) => document.getElementById(id);
const controls = { q: field("q"), person: field("person"), edition: field("edition"), role: field("role") };
let chosen = films;
let visible = PAGE;

function option(value, text, key) {
  const element = key ? word(key, undefined, "option") : document.createElement("option");
  element.value = value;
  if (!key) element.textContent = text;
  return element;
}

function fillChoices() {
  const years = [...new Set(films.map((film) => film.year))];
  controls.edition.append(option("", "", "filter.all"));
  for (const year of years) {
    controls.edition.append(year ? option(year, year) : option("none", "", "year.none"));
  }
  const used = new Map();
  const groups = new Set();
  for (const film of films) {
    for (const one of film.cast) {
      if (one.role) used.set(one.role, (used.get(one.role) || 0) + 1);
      if (one.group) groups.add(one.group);
    }
  }
  controls.role.append(option("", "", "filter.all"));
  controls.role.append(
    choices("filter.classes", [...groups].sort().map((group) => option(`group:${group}`, "", `class.${group}`))),
    choices("filter.roles", [...used.keys()].sort((a, b) => a.localeCompare(b, "sv")).map((role) => option(`role:${role}`, role))),
  );
}

function choices(key, options) {
  const element = document.createElement("optgroup");
  element.dataset.choices = key;
  element.label = phrase(key);
  element.append(...options);
  return element;
}

function matches(film, wanted) {
  if (wanted.edition && String(film.year || "none") !== wanted.edition) return false;
  if (wanted.person && !film.cast.some((one) => one.person.folded.includes(wanted.person))) return false;
  if (wanted.group && !film.cast.some((one) => one.group === wanted.group)) return false;
  if (wanted.role && !film.cast.some((one) => one.role === wanted.role)) return false;
  return wanted.words.every((part) => film.text.includes(part));
}

function apply() {
  const [kind, role] = split(controls.role.value);
  const wanted = {
    words: fold(controls.q.value).split(/\s+/).filter(Boolean),
    person: fold(controls.person.value.trim()),
    edition: controls.edition.value,
    group: kind === "group" ? role : "",
    role: kind === "role" ? role : "",
  };
  chosen = films.filter((film) => matches(film, wanted));
  visible = PAGE;
  field("films").replaceChildren(...chosen.slice(0, visible).map(card));
  tell();
}

function split(value) {
  const at = value.indexOf(":");
  return at < 0 ? ["", ""] : [value.slice(0, at), value.slice(at + 1)];
}

function tell() {
  const count = field("count");
  count.replaceChildren(chosen.length ? word("count.films", chosen.length) : word("count.none"));
  const left = Math.max(0, chosen.length - visible);
  const more = field("more");
  more.hidden = !left;
  more.dataset.n = left;
  more.textContent = phrase("more", left);
}

function card(film) {
  const names = [...new Set(film.cast.map((one) => one.person.name))];
  const link = document.createElement("a");
  link.href = `#film=${encodeURIComponent(film.id)}`;
  link.append(poster(film.title || phrase("untitled"), names, film.year));
  const title = document.createElement("span");
  title.className = "title";
  title.dir = "auto";
  if (film.title) { title.lang = "sv"; title.textContent = film.title; } else { title.append(word("untitled")); }
  link.append(title);
  const about = document.createElement("span");
  about.className = "quiet";
  about.dir = "auto";
  about.textContent = [film.year, names.slice(0, 3).join(", ")].filter(Boolean).join(" · ");
  return item(link, about);
}

function showMore() {
  const next = chosen.slice(visible, visible + PAGE).map(card);
  visible += PAGE;
  field("films").append(...next);
  tell();
  next[0]?.querySelector("a").focus();
}

function suggest() {
  const part = fold(controls.person.value.trim());
  const found = part.length < 2 ? [] : people.filter((one) => one.folded.includes(part)).slice(0, NAMES);
  field("names").replaceChildren(...found.map((one) => option(one.name, "")));
}

// --- the address: #q=…&person=…&edition=…&role=… for filters, #film=… for an open film

function keep() {
  const parts = new URLSearchParams();
  for (const [name, control] of Object.entries(controls)) if (control.value) parts.set(name, control.value);
  history.replaceState(null, "", parts.size ? `#${parts}` : "#");
}

function follow() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const id = parts.get("film");
  if (id !== null) {
    const film = films.find((one) => one.id === id);
    if (film) open(film);
    return;
  }
  const dialog = field("film");
  if (dialog.open) dialog.close();
  for (const [name, control] of Object.entries(controls)) control.value = parts.get(name) || "";
  apply();
}

async function open(film) {
  const dialog = field("film");
  const close = word("close", undefined, "button");
  close.type = "button";
  close.className = "close";
  close.addEventListener("click", () => dialog.close());
  const body = document.createElement("div");
  const waiting = word("loading", undefined, "p");
  waiting.id = "film-title";
  body.append(waiting);
  dialog.replaceChildren(close, body);
  if (!dialog.open) dialog.showModal();
  try {
    const chunk = await details(Math.floor(film.n / harvested.films.chunk));
    body.replaceChildren(...panelContent(film, chunk[film.n % harvested.films.chunk]));
    field("film-title").focus();
  } catch {
    waiting.dataset.t = "unreadable";
    waiting.textContent = phrase("unreadable");
  }
}

function begin() {
  fillChoices();
  controls.q.addEventListener("input", () => { apply(); keep(); });
  controls.person.addEventListener("input", () => { suggest(); apply(); keep(); });
  controls.edition.addEventListener("change", () => { apply(); keep(); });
  controls.role.addEventListener("change", () => { apply(); keep(); });
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  field("clear").addEventListener("click", () => {
    for (const control of Object.values(controls)) control.value = "";
    apply();
    keep();
    controls.q.focus();
  });
  field("more").addEventListener("click", showMore);
  // A closed panel holds no player: nothing goes on playing or asking behind it.
  field("film").addEventListener("close", () => { field("film").replaceChildren(); keep(); });
  window.addEventListener("hashchange", follow);
  document.addEventListener("language", () => {
    for (const group of document.querySelectorAll("optgroup")) group.label = phrase(group.dataset.choices);
    tell();
  });
  apply();
  follow();
}

begin();

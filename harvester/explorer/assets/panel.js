"use strict";
// The panel of one film: the player's facade, people, pages, and the evidence of every value.

// The address of a player, or null where we have none. Nothing but letters that ids are made of gets in.
function playerAddress(film) {
  if (film.away || !/^[\w-]+$/.test(film.video)) return null;
  if (film.provider === "youtube") {
    const start = film.start ? `&start=${film.start}` : "";
    if (film.kind === "playlist") return `https://www.youtube-nocookie.com/embed/videoseries?list=${film.video}&autoplay=1`;
    if (film.kind === "video") return `https://www.youtube-nocookie.com/embed/${film.video}?autoplay=1&rel=0${start}`;
  }
  if (film.provider === "vimeo" && film.kind === "video") {
    return `https://player.vimeo.com/video/${film.video}?dnt=1&autoplay=1${film.start ? `#t=${film.start}s` : ""}`;
  }
  return null;
}

// Details lie in files of their own; each is loaded once, by a script element, since fetch needs a server.
const loading = new Map();
function details(number) {
  const name = `details-${number}`;
  if (!loading.has(name)) {
    loading.set(name, new Promise((found, failed) => {
      const element = document.createElement("script");
      element.src = `data/${name}.js`;
      element.onload = () => found(harvested[name]);
      element.onerror = () => { loading.delete(name); failed(new Error(name)); };
      document.head.append(element);
    }));
  }
  return loading.get(name);
}

function facade(film, title, names, year) {
  const box = document.createElement("div");
  box.className = "player";
  const address = playerAddress(film);
  if (!address) {
    box.append(poster(title, names, year), word(film.away ? "play.gone" : "play.elsewhere", undefined, "p"));
    return box;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "play";
  button.append(poster(title, names, year), word("play"));
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = title;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    box.replaceChildren(frame);
    frame.focus();
  });
  box.append(button, word(`play.${film.provider}`, undefined, "p"));
  return box;
}

function outward(address, text) {
  const element = document.createElement(address ? "a" : "span");
  if (address) {
    element.href = address;
    element.rel = "noopener noreferrer external";
  }
  element.dir = "auto";
  element.append(text);
  return element;
}

function evidence([field, before, marked, after, address, rule]) {
  const term = document.createElement("dt");
  term.append(word(`field.${field}`));
  const quote = document.createElement("blockquote");
  quote.lang = "sv";
  quote.dir = "auto";
  const mark = document.createElement("mark");
  mark.textContent = marked;
  quote.append(before, mark, after);
  const place = document.createElement("dd");
  place.append(quote);
  if (address) {
    const source = document.createElement("p");
    source.append(outward(address, word("proof.page")));
    place.append(source);
  }
  const read = word("proof.rule", rule, "p");
  read.className = "rule";
  place.append(read);
  return [term, place];
}

function section(key, tag, items) {
  if (!items.length) return [];
  const list = document.createElement(tag);
  list.append(...items);
  return [word(key, undefined, "h3"), list];
}

function item(...content) {
  const element = document.createElement("li");
  element.append(...content);
  return element;
}

function castLine(person, role, [organisation, part, unsure]) {
  const link = document.createElement("a");
  link.href = `person/${person.id}.html`;
  link.dir = "auto";
  link.textContent = person.name;
  const said = [role, organisation].filter(Boolean).join(", ");
  const quiet = document.createElement("span");
  quiet.className = "quiet";
  if (said) quiet.append(` – ${said}`);
  quiet.append(" · ", word(`part.${part}`));
  if (unsure) quiet.append(" · ", word("review"));
  return item(link, quiet);
}

// film: {title, year, cast: [{person, role}]} from the list; detail: what its chunk says.
function panelContent(film, detail) {
  const names = [...new Set(film.cast.map((one) => one.person.name))];
  const heading = document.createElement("h2");
  heading.id = "film-title";
  heading.dir = "auto";
  heading.tabIndex = -1;
  if (film.title) { heading.lang = "sv"; heading.textContent = film.title; } else { heading.append(word("untitled")); }
  const title = film.title || phrase("untitled");
  const year = document.createElement("p");
  year.className = "quiet";
  const yearLink = document.createElement("a");
  yearLink.href = `edition/${film.year || "none"}.html`;
  yearLink.append(film.year || word("year.none"));
  year.append(yearLink);
  const content = [heading, year, facade(detail, title, names, film.year)];
  if (detail.url) {
    const line = document.createElement("p");
    line.append(outward(detail.url, word("open")));
    content.push(line);
  }
  content.push(...section("film.people", "ul", film.cast.map((one, n) => castLine(one.person, one.role, detail.cast[n]))));
  content.push(...section("film.places", "ul", detail.pages.map(([name, address]) => item(outward(address, name)))));
  if (detail.text) {
    const text = document.createElement("p");
    text.lang = "sv";
    text.dir = "auto";
    text.className = "excerpt";
    text.textContent = detail.text;
    content.push(word("film.text", undefined, "h3"), text);
  }
  const drawer = document.createElement("details");
  drawer.className = "proof";
  const list = document.createElement("dl");
  list.append(...detail.proofs.flatMap(evidence));
  drawer.append(word("film.proof", undefined, "summary"), detail.proofs.length ? list : word("proof.none", undefined, "p"));
  content.push(drawer);
  return content;
}

"use strict";
// The language switch, on every page. A phrase carries its key in data-t, its number in data-n.

const language = {
  get now() {
    return document.documentElement.lang === "en" ? "en" : "sv";
  },
  get remembered() {
    try { return localStorage.getItem("language"); } catch { return null; }
  },
  remember(value) {
    try { localStorage.setItem("language", value); } catch { /* a browser that keeps nothing */ }
  },
};

function phrase(key, n = "") {
  const entry = harvested.words[key];
  return entry ? entry[language.now].replaceAll("{n}", n) : key;
}

// An element that the switch turns.
function word(key, n, name = "span") {
  const element = document.createElement(name);
  element.dataset.t = key;
  if (n !== undefined) element.dataset.n = n;
  element.textContent = phrase(key, n);
  return element;
}

function turn(root = document) {
  for (const element of root.querySelectorAll("[data-t]")) {
    element.textContent = phrase(element.dataset.t, element.dataset.n);
  }
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", phrase(element.dataset.tLabel));
  }
}

function speak(value) {
  document.documentElement.lang = value;
  turn();
  document.getElementById("language").lang = value === "en" ? "sv" : "en";
  document.dispatchEvent(new Event("language"));
}

{
  const button = document.getElementById("language");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = language.now === "en" ? "sv" : "en";
    language.remember(next);
    speak(next);
  });
  if (language.remembered === "en") speak("en");
}

"use strict";
// Posters: drawn here from a film's title, people and year. No picture of anybody else's.

const POSTER = { width: 320, height: 180, margin: 20, line: 25, perLine: 23, lines: 4 };

function poster(title, names, year) {
  const svg = drawn("svg", { viewBox: `0 0 ${POSTER.width} ${POSTER.height}`, "aria-hidden": "true" });
  svg.classList.add("poster", `tint-${(year || 0) % 6}`);
  svg.append(drawn("rect", { width: POSTER.width, height: POSTER.height, class: "ground" }));
  svg.append(drawn("rect", { x: POSTER.margin, y: POSTER.margin, width: 32, height: 4, class: "mark" }));
  const said = names.length ? names.slice(0, 3).join("\n") : title;
  lines(said).forEach((line, n) => {
    const text = drawn("text", { x: POSTER.margin, y: 54 + n * POSTER.line, class: "said" });
    text.textContent = line;
    svg.append(text);
  });
  const when = drawn("text", { x: POSTER.margin, y: POSTER.height - POSTER.margin, class: "when" });
  when.textContent = year || "";
  svg.append(when, drawn("path", { d: "M284 142 l16 9 -16 9 z", class: "mark" }));
  return svg;
}

// The text broken at blanks into lines that fit; what is left over ends in an ellipsis.
function lines(text) {
  const found = [];
  for (const part of text.slice(0, 400).split("\n")) {
    let line = "";
    for (const piece of part.split(/\s+/)) {
      const chars = [...piece];
      const fit = chars.length > POSTER.perLine ? chars.slice(0, POSTER.perLine - 1).join("") + "…" : piece;
      if (line && [...line].length + 1 + [...fit].length > POSTER.perLine) {
        found.push(line);
        line = fit;
      } else {
        line = line ? `${line} ${fit}` : fit;
      }
    }
    if (line) found.push(line);
  }
  if (found.length <= POSTER.lines) return found;
  return [...found.slice(0, POSTER.lines - 1), `${found[POSTER.lines - 1]} …`];
}

function drawn(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
